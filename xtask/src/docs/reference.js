// Draws the reference. Telemetry would tell its maker about every reader.
import { init } from './redoc.js';

const bar = document.querySelector('header');
init(
  'openapi.json',
  {
    disableTelemetry: true,
    router: 'hash',
    scrollYOffset: () => bar.offsetHeight,
    // Samples of other languages are not shown, and for those without a sample it would make one up.
    codeSamples: { languages: [{ lang: 'Rust', label: 'Rust' }, { lang: 'Shell', label: 'curl' }] },
  },
  document.getElementById('reference'),
);
