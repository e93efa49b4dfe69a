// Checks the site at two widths: all pages of the guide, and every operation of the reference.
// node test.mjs BROWSER URL REFERENCE DOCUMENT SCREENSHOTS
import axe from 'axe-core';
import puppeteer from 'puppeteer-core';

const [program, url, reference, documentName, screenshots] = process.argv.slice(2);
const SIZES = {
  desktop: { width: 1400, height: 1000 },
  phone: { width: 390, height: 844, isMobile: true, hasTouch: true },
};
const PATIENCE = 10_000;

const spec = await (await fetch(`${url}/${documentName}`)).json();
const counts = { operations: 0, webhooks: 0, parameters: 0, samples: 0, searches: 0, pages: 0, links: 0, requests: 0 };
const failures = new Set();
let where = '';

const fail = (what) => failures.add(`${where}: ${what}`);
const expect = (holds, what) => holds || fail(what);

/** What the reference has to contain of each operation and webhook. */
function entries() {
  const of = (items, isWebhook) =>
    Object.entries(items ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.responses)
        .map(([method, operation]) => ({
          isWebhook,
          method,
          path,
          id: operation.operationId,
          title: operation.summary,
          tag: operation.tags[0],
          parameters: [...parameters(methods, operation), ...properties(operation.requestBody)],
          samples: operation['x-codeSamples'] ?? [],
        })),
    );
  return [...of(spec.paths, false), ...of(spec['x-webhooks'], true)];
}

function parameters(methods, operation) {
  return [...(methods.parameters ?? []), ...(operation.parameters ?? [])].map((it) => resolved(it).name);
}

function properties(body) {
  const schema = resolved(resolved(body)?.content?.['application/json']?.schema);
  return Object.keys(schema?.properties ?? {});
}

function resolved(value) {
  if (!value?.$ref) return value;
  return resolved(value.$ref.slice(2).split('/').reduce((at, step) => at?.[step], spec));
}

const browser = await puppeteer.launch({
  executablePath: program,
  // No name leads anywhere, not even for workers, whose requests cannot be watched.
  args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
try {
  for (const [size, viewport] of Object.entries(SIZES)) await look(size, viewport);
  await attempt(photograph);
} finally {
  await browser.close();
}
report();

/** Opens a page that reports every error. */
async function open(viewport) {
  const page = await browser.newPage();
  await page.setViewport(viewport);
  page.setDefaultTimeout(PATIENCE);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    counts.requests += 1;
    const isHere = request.url().startsWith(`${url}/`) || /^(data|blob):/.test(request.url());
    expect(isHere, `asks for ${request.url()}`);
    isHere ? request.continue() : request.abort();
  });
  page.on('response', (response) => expect(response.status() < 400, `${response.url()} is ${response.status()}`));
  page.on('pageerror', (error) => fail(`throws ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') fail(`says on the console: ${message.text()}`);
  });
  return page;
}

async function look(size, viewport) {
  const page = await open(viewport);
  await guide(page, size);
  await attempt(() => contents(page, size));
  for (const entry of entries()) {
    where = `${size}, ${entry.id}`;
    await attempt(() => operation(page, entry));
    if (size === 'desktop') await attempt(() => search(page, entry));
  }
  await page.close();
}

/** Reports a step that fails, and continues. */
async function attempt(step) {
  await step().catch((error) => fail(error.message));
}

async function operation(page, entry) {
  const address = `#/${slug(entry.tag)}/${entry.id}`;
  // Another page first: otherwise only the fragment changes, and nothing is drawn anew.
  await page.goto('about:blank');
  await page.goto(`${url}/${reference}${address}`);
  const section = await page.waitForSelector(`[id="${slug(entry.tag)}/${entry.id}"]`);
  await section.waitForSelector('h2');
  const text = () => section.evaluate((it) => it.innerText);
  // Beside its text a heading may have a badge.
  const heading = await section.$eval('h2', (it) => [...it.childNodes].find((node) => node.nodeType === 3)?.data);
  expect(heading?.trim() === entry.title, `has the heading ${heading}`);
  expect((await text()).includes(entry.path), `does not show ${entry.path}`);
  for (const name of entry.parameters) {
    expect((await names(section)).includes(name), `does not show the parameter ${name}`);
    counts.parameters += 1;
  }
  // A webhook is nothing to call.
  const languages = entry.isWebhook ? [] : ['Rust', 'Shell'];
  expect(`${entry.samples.map((it) => it.lang)}` === `${languages}`, `has samples in [${entry.samples.map((it) => it.lang)}]`);
  for (const { label, lang, source } of entry.samples) {
    const name = label ?? lang;
    if (entry.samples.length > 1) await choose(page, section, name, entry.samples.map((it) => it.label ?? it.lang));
    await page
      .waitForFunction(shows, {}, section, source)
      .catch(() => fail(`does not show the sample ${name}`));
    counts.samples += 1;
  }
  await fits(page);
  counts[entry.isWebhook ? 'webhooks' : 'operations'] += 1;
}

/** The words of a section, as its parameters stand there. */
async function names(section) {
  return section.evaluate((it) => it.innerText.replaceAll('\u200b', '').split(/\s+/));
}

/** Takes a sample from the menu of all of them. */
async function choose(page, section, name, all) {
  const click = async (root, selector, names) => {
    const find = (root, selector, names) =>
      [...(root ?? document).querySelectorAll(selector)].find((it) => names.includes(it.innerText.trim()));
    const found = await page
      .waitForFunction(find, {}, root, selector, names)
      .catch(() => Promise.reject(new Error(`has no ${selector} to choose the sample ${name} with`)));
    await found.evaluate((it) => it.click());
  };
  await click(section, 'button[aria-haspopup=menu]', all);
  // The menu is not drawn where its button is.
  await click(null, '[role=menuitem]', [name]);
}

/** Whether one of the blocks of code is this one; how it is laid out does not matter. */
function shows(section, source) {
  const squeezed = (text) => text.replace(/[\s\u200b]+/g, '');
  return [...section.querySelectorAll('pre')].some((it) => squeezed(it.innerText) === squeezed(source));
}

function slug(tag) {
  return tag.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

async function search(page, entry) {
  await page.keyboard.down('Control');
  await page.keyboard.press('k');
  await page.keyboard.up('Control');
  await page.waitForSelector('input[placeholder^="Search"]');
  await page.keyboard.type(entry.title);
  await page.waitForFunction((title) => {
    const dialog = document.querySelector('[data-component-name="Search/SearchDialog"], [role=dialog]') ?? document.body;
    return [...dialog.querySelectorAll('a')].some((it) => it.innerText.includes(title));
  }, {}, entry.title);
  counts.searches += 1;
}

/** Follows every link of the guide, starting at its first page. */
async function guide(page, size) {
  const seen = new Set();
  const waiting = [`${url}/index.html`];
  while (waiting.length > 0) {
    const address = waiting.pop();
    if (seen.has(address)) continue;
    seen.add(address);
    const isGuide = !address.includes('/rustdoc/') && !address.endsWith(`/${reference}`);
    where = `${size}, ${address.slice(url.length)}`;
    await attempt(async () => {
      const links = await linked(page, address, isGuide);
      waiting.push(...links);
    });
  }
}

/** Opens a page, or asks whether it is there, and checks that the heading is where a link says. */
async function linked(page, address, isGuide) {
  const [file, fragment] = address.split('#');
  counts.links += 1;
  if (!isGuide) {
    const response = await fetch(file);
    const text = await response.text();
    expect(response.ok, `is ${response.status}`);
    expect(!fragment || text.includes(`id="${fragment}"`), `has no #${fragment}`);
    return [];
  }
  await page.goto(address);
  expect(!fragment || (await page.$(`[id="${fragment}"]`)), `has no #${fragment}`);
  if (fragment) return [];
  counts.pages += 1;
  for (const scheme of ['light', 'dark']) await accessible(page, scheme);
  await fits(page);
  return page.$$eval('a[href]', (links, url) => links.map((it) => it.href).filter((it) => it.startsWith(`${url}/`)), url);
}

/** The search finds a section by its words, and the menu folds on a phone. */
async function contents(page, size) {
  where = `${size}, contents`;
  await page.goto(`${url}/index.html`);
  const isOpen = await page.$eval('#menu', (it) => it.open);
  expect(isOpen === (size === 'desktop'), `has a menu that is ${isOpen ? 'open' : 'closed'}`);
  await page.type('#search', 'Idempotency KEY');
  const links = await page.$$eval('#results a', (all) => all.map((it) => it.href));
  expect(links.some((it) => it.endsWith('/errors.html#unknown-outcomes')), `finds [${links}]`);
  await accessible(page, 'light');
  await fits(page);
  await page.type('#search', ' nonsense');
  expect((await page.$eval('#results', (it) => it.innerText)) === 'No results.', 'finds nonsense');
}

/** Headings, landmarks, contrast and the like, as axe judges them. */
async function accessible(page, scheme) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => axe.run());
  for (const { id, nodes } of violations) fail(`${scheme}: breaks ${id} at ${nodes.map((it) => it.target).join(', ')}`);
}

/** The page needs no horizontal scrolling. */
async function fits(page) {
  const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(content <= screen, `is ${content} pixels wide on a screen of ${screen}`);
}

async function photograph() {
  const shown = entries().find((it) => it.method === 'post' && !it.isWebhook);
  const pages = { guide: 'errors.html', reference: `${reference}#/${slug(shown.tag)}/${shown.id}` };
  for (const [view, scheme, viewport] of [
    ['desktop-light', 'light', SIZES.desktop],
    ['desktop-dark', 'dark', SIZES.desktop],
    ['phone', 'light', SIZES.phone],
  ]) {
    where = view;
    const page = await open(viewport);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(`${url}/${address}`, { waitUntil: 'networkidle0' });
      await page.screenshot({ path: `${screenshots}/${name}-${view}.png` });
    }
    await page.close();
  }
}

function report() {
  where = 'the site';
  for (const what of ['operations', 'pages', 'searches']) expect(counts[what] > 0, `has no ${what}`);
  const figures = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  console.log(`${figures.join(', ')}: ${failures.size} failures`);
  console.log(`screenshots are in ${screenshots}`);
  for (const failure of failures) console.error(failure);
  process.exitCode = failures.size > 0 ? 1 : 0;
}
