// Router, bar, dialogs and messages: what surrounds every view.

import { connection, events, forgetKey, identify, identity, onKeyNeeded, whoAmI } from './api.js';
import { draw, h } from './dom.js';
import { poll } from './live.js';
import { dots, watchComponents } from './parts/components.js';
import { icon } from './parts/icons.js';

const PLACES = [['streams', 'Streams'], ['models', 'Models'], ['letters', 'Dead letters'], ['alerts', 'Alerts'], ['service', 'Service']];
const PATIENCE_MS = 2000;
const main = document.getElementById('main');
const COMPONENTS_MS = 15_000;
const status = { alerts: 0, failing: false, components: [] };
let current = new AbortController();
let routes = {};
let place = '';
let lastHeading = '';

/** Shows the view that the address names; `table` maps its first part to a function that loads the view's module. */
export function start(table) {
  routes = table;
  addEventListener('hashchange', () => show());
  events.addEventListener('connection', drawConnection);
  events.addEventListener('identity', drawBar);
  document.getElementById('skip').addEventListener('click', event => {
    event.preventDefault();
    main.focus();
  });
  document.addEventListener('keydown', shortcuts);
  onKeyNeeded(askForKey);
  drawBar();
  show(true);
  const forever = new AbortController().signal;
  poll('/alerts', { every: 5000, signal: forever, received: countAlerts });
  watchComponents(COMPONENTS_MS, forever, components => {
    status.components = components;
    drawBar();
  });
}

export function go(address, replace) {
  if (replace) {
    history.replaceState(null, '', `#/${address}`);
    show();
  } else {
    location.hash = `#/${address}`;
  }
}

/** Returns the parts of the address and its parameters: "#/streams/demo?x=1" is ["streams", "demo"] with x. */
export function where() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  return { parts: path.split('/').filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(query || '') };
}

async function show(first) {
  const { parts, query } = where();
  place = parts[0] || '';
  current.abort();
  current = new AbortController();
  const signal = current.signal;
  drawBar();
  try {
    const view = await (routes[place] || routes.missing)();
    if (signal.aborted) {
      return;
    }
    const root = document.createElement('div');
    main.replaceChildren(root);
    await view.show({ root, parts: parts.slice(1), query, signal });
    if (!first && !signal.aborted) {
      focusHeading(root, signal, performance.now() + PATIENCE_MS);
    }
  } catch (error) {
    if (!signal.aborted && error.name !== 'AbortError') {
      draw(main, h('div', { class: 'problem', role: 'alert' }, h('strong', null, 'This view could not be shown. '), error.message));
    }
  }
}

/** After a change of the view, a screen reader begins with its heading, once it is drawn. Within a view the focus stays. */
function focusHeading(root, signal, until) {
  const heading = root.querySelector('h1');
  if (!heading) {
    if (!signal.aborted && performance.now() < until) {
      requestAnimationFrame(() => focusHeading(root, signal, until));
    }
    return;
  }
  if (heading.textContent === lastHeading) {
    root.querySelector('.tabs [aria-current]')?.focus({ preventScroll: true });
  } else {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  lastHeading = heading.textContent;
}

export function title(text) {
  document.title = text ? `${text} · Freshet` : 'Freshet';
}

function countAlerts(list) {
  status.alerts = list.reduce((sum, stream) => sum + stream.alerts.length, 0);
  status.failing = list.some(stream => stream.alerts.some(alert => /FAILING|ENDED|RESTORED/.test(alert.name)));
  drawBar();
}

function drawBar() {
  const home = place === 'new' ? 'streams' : place;
  draw(document.getElementById('bar'), h('div', { class: 'bar' },
    h('a', { class: 'brand', href: '#/' }, icon('brand'), 'Freshet'),
    h('nav', { 'aria-label': 'Places' }, PLACES.map(([address, name]) => h('a', { key: address, href: `#/${address}`,
      'aria-current': home === address ? 'page' : null }, name, address === 'alerts' && status.alerts > 0
      && h('span', { class: `badge ${status.failing ? 'bad' : ''}` }, status.alerts, h('span', { class: 'hidden' }, ' active'))))),
    h('div', { class: 'tools' }, dots(status.components),
      h('button', { class: 'plain', onclick: search, 'aria-label': 'Find', title: 'Find: Ctrl+K' }, icon('find')),
      !identity.open && h('button', { class: 'plain', onclick: signOut, title: `${identity.name}: ${identity.role}. Forget the key.` },
        identity.name, h('span', { class: 'quiet wideonly' }, identity.role)),
      h('button', { class: 'plain', onclick: switchTheme, 'aria-label': `Theme: ${theme()}. Switch.`, title: `Theme: ${theme()}` },
        icon(theme() === 'dark' ? 'moon' : theme() === 'light' ? 'sun' : 'half')))));
}

const THEMES = ['system', 'light', 'dark'];

function theme() {
  return localStorage.getItem('freshet.theme') || 'system';
}

export function applyTheme() {
  if (theme() === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme();
  }
}

function switchTheme() {
  localStorage.setItem('freshet.theme', THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
  applyTheme();
  drawBar();
}

function drawConnection() {
  draw(document.getElementById('connection'), connection.lost
    ? [h('span', null, 'The service does not answer. What you see may be old; the console keeps trying.'),
      h('button', { onclick: () => events.dispatchEvent(new Event('retry')) }, 'Try now')] : []);
  if (!connection.lost && connection.since) {
    toast('The service answers again.');
  }
}

/** Shows a message for a moment. */
export function toast(text) {
  const box = document.createElement('div');
  box.className = 'toast';
  box.textContent = text;
  document.getElementById('toasts').append(box);
  setTimeout(() => box.remove(), 6000);
}

/** The module is loaded when it is needed first. */
async function search() {
  const { find } = await import('./parts/search.js');
  find();
}

function shortcuts(event) {
  if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    search();
    return;
  }
  const typing = event.target.closest?.('input, textarea, select, dialog, [contenteditable]');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    const field = document.querySelector('main input[type="search"]');
    if (field) {
      field.focus();
    } else {
      search();
    }
  }
}

/** Opens a dialog; `content` receives a function that closes it with a result. Returns a promise of the result. */
export function dialog(label, content) {
  return new Promise(resolve => {
    const box = document.createElement('dialog');
    box.setAttribute('aria-label', label);
    const close = result => {
      resolve(result);
      box.close();
    };
    // Escape closes a dialog with or without the event "cancel"
    box.addEventListener('close', () => {
      box.remove();
      resolve(undefined);
    });
    document.body.append(box);
    const redraw = () => draw(box, content(close, redraw));
    redraw();
    box.showModal();
  });
}

/** Asks before something that cannot be undone. */
export function confirm(question, detail, action) {
  return dialog(question, close => h('div', { class: 'stack' }, h('h2', null, question), detail && h('p', null, detail),
    h('div', { class: 'row end' }, h('button', { onclick: () => close(false) }, 'Cancel'),
      h('button', { class: 'danger', onclick: () => close(true) }, action))));
}

function signOut() {
  confirm('Forget the key?', 'The console asks for it again.', 'Forget').then(sure => sure && forgetKey());
}

let rejected = false;

async function askForKey() {
  const entered = await dialog('Key', close => h('form', { class: 'stack', method: 'dialog', onsubmit: event => {
    event.preventDefault();
    const value = new FormData(event.target).get('key').trim();
    if (value) close(value);
  } }, h('h2', null, 'This service asks who you are'),
  rejected && h('p', { class: 'bad', role: 'alert' }, 'The service does not accept this key.'),
  h('div', { class: 'field' }, h('label', { for: 'key' }, 'API key or token'),
    h('input', { id: 'key', name: 'key', type: 'password', autocomplete: 'off', autofocus: true, required: true }),
    h('small', null, 'It stays in this tab and is forgotten when you close it.')),
  h('div', { class: 'row end' }, h('button', { class: 'primary' }, 'Continue'))));
  rejected = true;
  return entered ?? askForKey();
}

/** Asks who the caller is before the first view. */
export async function signIn() {
  applyTheme();
  rejected = Boolean(sessionStorage.getItem('freshet.key'));
  onKeyNeeded(askForKey);
  const known = await whoAmI().catch(() => true);
  return known || identify();
}
