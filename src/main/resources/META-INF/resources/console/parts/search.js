// One search for everything that has an address: streams, models, their columns, settings and places.

import { get, name as part } from '../api.js';
import { h } from '../dom.js';
import { dialog } from '../shell.js';

const SHOWN = 12;

let open = false;

export async function find() {
  if (open) {
    return;
  }
  open = true;
  const view = { text: '', entries: places() };
  const address = await dialog('Find', (close, redraw) => {
    if (!view.asked) {
      view.asked = true;
      ask(view, redraw);
    }
    return page(view, close, redraw);
  });
  open = false;
  if (address) {
    location.hash = address;
  }
}

function places() {
  return [['Streams', 'streams'], ['New stream', 'new'], ['Models', 'models'], ['Dead letters', 'letters'], ['Alerts', 'alerts'], ['Service', 'service']]
    .map(([name, address]) => ({ name, kind: 'view', address: `#/${address}` }));
}

function ask(view, redraw) {
  const add = (path, entriesOf) => get(path).then(answer => {
    view.entries.push(...entriesOf(answer));
    redraw();
  }).catch(() => {});
  add('/streams', streams => streams.map(stream => ({ name: stream.name, kind: `stream, ${stream.state}`, address: `#/streams/${part(stream.name)}` })));
  add('/models', models => models.flatMap(model => [{ name: model.name, kind: 'model', address: `#/models/${part(model.name)}` },
    ...model.columns.map(column => ({ name: column.name, kind: `column of ${model.name}, ${column.type}`, address: `#/models/${part(model.name)}` }))]));
  add('/service', service => service.settings.map(setting => ({ name: setting.name, kind: 'setting', address: `#/service?q=${part(setting.name)}` })));
}

/** Names that begin with the text come first. */
function matching(view) {
  const text = view.text.trim().toLowerCase();
  const rank = entry => entry.name.toLowerCase().startsWith(text) ? 0 : entry.name.toLowerCase().includes(text) ? 1 : 2;
  return view.entries.filter(entry => `${entry.name} ${entry.kind}`.toLowerCase().includes(text)).sort((a, b) => rank(a) - rank(b));
}

function page(view, close, redraw) {
  const found = matching(view);
  return h('div', { class: 'stack find', onkeydown: event => move(event) }, h('label', { for: 'find', class: 'hidden' }, 'Find streams, models, columns and settings'),
    h('input', { id: 'find', type: 'search', autofocus: true, autocomplete: 'off', placeholder: 'Streams, models, columns, settings', value: view.text, oninput: event => {
      view.text = event.target.value;
      redraw();
    }, onkeydown: event => {
      if (event.key === 'Enter' && found.length) close(found[0].address);
    } }),
    h('p', { class: 'quiet', role: 'status' }, found.length > SHOWN ? `The first ${SHOWN} of ${found.length}` : found.length ? `${found.length} found` : 'Nothing has this name.'),
    h('ul', { class: 'found' }, found.slice(0, SHOWN).map((entry, index) => h('li', { key: `${entry.kind} ${entry.name} ${index}` }, h('a', { href: entry.address, onclick: event => {
      event.preventDefault();
      close(entry.address);
    } }, h('strong', null, entry.name), ' ', h('span', { class: 'quiet' }, entry.kind))))));
}

/** The arrows walk through the field and the results. */
function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const all = [...event.currentTarget.querySelectorAll('input, a')];
    all[Math.max(0, Math.min(all.length - 1, all.indexOf(document.activeElement) + step))].focus();
  }
}
