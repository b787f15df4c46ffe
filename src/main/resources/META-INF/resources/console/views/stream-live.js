// The records of a stream as they leave it: newest first, filtered by CEL, one in full beside the list.

import { get, may, name as part } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { cell, count } from '../format.js';
import { poll, socket } from '../live.js';
import { hasSocket } from '../parts/definitions.js';
import { empty, problem } from '../parts/feedback.js';
import { blocked } from '../parts/trouble.js';
import { json } from '../parts/yaml.js';

const KEPT = 500;
const SHOWN = 60;
const COLUMNS = 8;

export function showTab({ root, name, stream, query, signal, changed }) {
  const view = { name, stream, records: [], total: 0, paused: false, filter: query.get('filter') || '', chosen: null, columns: null,
    state: '', error: null, following: null, socket: hasSocket(stream.definition),
    asked: Object.keys(stream.definition?.source?.conditions || {}) };
  const redraw = batched(() => draw(root, page(view, actions)));
  const actions = { redraw, follow: () => follow(view, redraw, signal) };
  document.addEventListener('keydown', event => {
    const typing = event.target.closest?.('input, textarea, select, button, a, summary, dialog');
    if (event.key === ' ' && !typing) {
      event.preventDefault();
      view.paused = !view.paused;
      redraw();
    }
  }, { signal });
  changed(next => {
    view.stream = next;
    if (!view.records.length) redraw();
  });
  actions.follow();
  redraw();
}

/** Follows by the socket if the stream has one, else asks for the recent records again and again. */
function follow(view, redraw, signal) {
  view.following?.abort();
  const own = new AbortController();
  signal.addEventListener('abort', () => own.abort(), { once: true });
  view.following = own;
  view.records = [];
  view.error = null;
  recent(view, redraw, own.signal);
  if (!view.socket) {
    poll(`/recent/${part(view.name)}`, { query: () => ({ count: 100, filter: view.filter }), every: 1000, signal: own.signal,
      received: answer => receiveRecent(view, answer.records, redraw), failed: error => failed(view, error, own, redraw) });
    return;
  }
  socket(`/streams/${part(view.name)}`, { query: { filter: view.filter }, signal: own.signal, state: (word, reason) => {
    view.state = word;
    view.reason = reason;
    redraw();
  }, message: text => receive(view, text, redraw) });
}

async function recent(view, redraw, signal) {
  try {
    const answer = await get(`/recent/${part(view.name)}`, { count: 50, filter: view.filter }, signal);
    if (view.records.length === 0) {
      view.records = answer.records;
      redraw();
    }
  } catch (error) {
    failed(view, error, view.following, redraw);
  }
}

function failed(view, error, own, redraw) {
  if (error.name === 'AbortError') {
    return;
  }
  view.error = error;
  if (error.status === 422) {
    own.abort();
  }
  redraw();
}

function receiveRecent(view, records, redraw) {
  if (!view.paused && JSON.stringify(records[0]) !== JSON.stringify(view.records[0])) {
    view.records = records;
    redraw();
  }
}

function receive(view, text, redraw) {
  const message = JSON.parse(text);
  if (message.error) {
    view.error = new Error(message.error);
    redraw();
    return;
  }
  view.total += message.records.length;
  if (!view.paused) {
    view.records = [...message.records.slice(-KEPT).reverse(), ...view.records].slice(0, KEPT);
    redraw();
  }
}

function page(view, actions) {
  const records = view.records.slice(0, SHOWN);
  return [h('form', { class: 'row live-bar', onsubmit: event => {
    event.preventDefault();
    view.filter = new FormData(event.target).get('filter').trim();
    history.replaceState(null, '', `#/streams/${part(view.name)}/live${view.filter ? `?filter=${encodeURIComponent(view.filter)}` : ''}`);
    actions.follow();
    actions.redraw();
  } }, h('input', { type: 'search', name: 'filter', class: 'grow mono', value: view.filter, 'aria-label': 'Filter by a CEL expression',
    placeholder: example(view.records[0]), list: 'fields', autocomplete: 'off', spellcheck: 'false' }),
  h('datalist', { id: 'fields' }, keys(view.records).map(key => h('option', { value: variable(key) }))),
  h('button', null, 'Filter'),
  h('button', { type: 'button', 'aria-pressed': String(view.paused), title: 'Space', onclick: () => {
    view.paused = !view.paused;
    actions.redraw();
  } }, view.paused ? 'Continue' : 'Hold'), columnMenu(view, actions.redraw), status(view)),
  problem(view.error),
  records.length ? h('div', { class: `live ${view.chosen ? 'split' : ''}` }, list(view, records, actions.redraw), view.chosen && detail(view, actions.redraw))
    : !view.error && nothing(view)];
}

/** Why there is nothing, as far as that is known. */
function nothing({ filter, stream, name }) {
  const stage = blocked(stream.alerts);
  return stage ? empty(`No record gets through: ${stage}.`, may('operate') && h('a', { class: 'button primary', href: `#/new?edit=${part(name)}` }, 'Edit the stream'))
    : empty(filter ? 'No record matches the filter so far.' : 'No records so far. They appear here as the stream sends them.');
}

function status(view) {
  const text = view.paused ? 'Held' : !view.socket ? 'Once a second, from the recent records'
    : view.state === 'open' ? `Live${view.total ? `, ${count(view.total)} seen` : ''}`
      : view.state === 'ended' ? 'The stream has ended' : view.state === 'lost' ? 'Connection lost; trying again' : 'Connecting …';
  return h('span', { class: 'quiet', role: 'status' }, text);
}

function keys(records) {
  const names = new Set();
  records.slice(0, 20).forEach(record => Object.keys(record).forEach(key => names.add(key)));
  return [...names];
}

/** How an expression names a field: as a variable where that is possible. */
export function variable(key) {
  return /^[A-Za-z_]\w*$/.test(key) ? key : `record[${JSON.stringify(key)}]`;
}

function example(first) {
  const pair = Object.entries(first || {}).find(([key, value]) => typeof value === 'number' && !key.startsWith('_'));
  return pair ? `Filter, for example ${variable(pair[0])} > ${pair[1]}` : 'Filter by an expression (CEL)';
}

/** Those that the conditions of the stream are about come first. */
function shownColumns(view) {
  const all = keys(view.records).filter(key => !key.startsWith('_'));
  return view.columns || [...new Set([...view.asked.filter(key => all.includes(key)), ...all])].slice(0, COLUMNS);
}

function columnMenu(view, redraw) {
  const shown = shownColumns(view);
  return h('details', { class: 'menu' }, h('summary', { class: 'button' }, 'Columns'), h('div', { class: 'choices' }, keys(view.records).map(key =>
    h('label', { class: 'check', key }, h('input', { type: 'checkbox', checked: shown.includes(key), onchange: event => {
      view.columns = event.target.checked ? [...shown, key] : shown.filter(each => each !== key);
      redraw();
    } }), key))));
}

function list(view, records, redraw) {
  const columns = shownColumns(view);
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Records, newest first' }, h('table', { class: 'table data' },
    h('thead', null, h('tr', null, columns.map(column => h('th', { scope: 'col', class: typeof records[0][column] === 'number' ? 'number' : '' }, column)), h('th', { scope: 'col' }, h('span', { class: 'hidden' }, 'In full')))),
    h('tbody', null, records.map(record => h('tr', { 'aria-selected': record === view.chosen ? 'true' : null, onclick: () => {
      if (!getSelection().toString()) {
        view.chosen = record;
        redraw();
      }
    } }, columns.map(column => h('td', { class: typeof record[column] === 'number' ? 'number' : '' }, cell(record[column]))),
    h('td', null, h('button', { class: 'link', 'aria-label': 'Show the record in full' }, 'Open')))))));
}

function detail(view, redraw) {
  return h('aside', { class: 'panel', 'aria-label': 'One record' }, h('div', { class: 'row spread' }, h('h2', null, 'Record'),
    h('div', { class: 'row' }, h('button', { onclick: () => navigator.clipboard.writeText(JSON.stringify(view.chosen, null, 2)) }, 'Copy'),
      h('button', { onclick: () => {
        view.chosen = null;
        redraw();
      } }, 'Close'))), json(view.chosen));
}
