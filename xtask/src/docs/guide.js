// The search of the guide, and its menu, which folds on narrow screens. `SECTIONS` is in sections.js.
const [input, results, menu] = ['search', 'results', 'menu'].map((id) => document.getElementById(id));
const MOST = 12;
const AROUND = 60;

function find(words) {
  const has = (text) => words.every((word) => text.includes(word));
  const ranked = SECTIONS.map((section) => {
    const heading = `${section.page} ${section.heading}`.toLowerCase();
    return { section, rank: has(heading) ? 0 : has(`${heading} ${section.text.toLowerCase()}`) ? 1 : 2 };
  });
  return ranked.filter(({ rank }) => rank < 2).sort((a, b) => a.rank - b.rank).slice(0, MOST).map(({ section }) => section);
}

function excerpt(text, word) {
  const at = Math.max(text.toLowerCase().indexOf(word), 0);
  const start = Math.max(at - AROUND, 0);
  return `${start > 0 ? '… ' : ''}${text.slice(start, at + AROUND).trim()} …`;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function item(section, word) {
  const link = element('a', section.heading === section.page ? section.page : `${section.page}: ${section.heading}`);
  link.href = section.address;
  const found = element('li', '');
  found.append(link, element('p', excerpt(section.text, word)));
  return found;
}

input.addEventListener('input', () => {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length > 0 ? find(words) : [];
  const none = words.length > 0 && found.length === 0 ? [element('li', 'No results.')] : [];
  results.replaceChildren(...found.map((section) => item(section, words[0])), ...none);
});

const narrow = matchMedia('(max-width: 48rem)');
const fold = () => {
  menu.open = !narrow.matches;
};
narrow.addEventListener('change', fold);
fold();
