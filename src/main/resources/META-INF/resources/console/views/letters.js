// Dead letters: why records could not be delivered, one in full, replay and purge with their number asked first.

import { get, may, name as part, remove } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { count, moment, plural } from '../format.js';
import { empty, problem, waiting } from '../parts/feedback.js';
import { askWhere, begin, follow, outcome } from '../parts/replay.js';
import { json } from '../parts/yaml.js';
import { confirm, go, title, toast } from '../shell.js';

const SHOWN = 200;

export async function show({ root, query, signal }) {
  title('Dead letters');
  start(root, { stream: query.get('stream') || '', reason: query.get('reason') || '' }, signal, true);
}

/** As a tab of a stream. */
export function showTab({ root, name, signal }) {
  start(root, { stream: name, reason: '' }, signal, false);
}

function start(root, selection, signal, alone) {
  const view = { ...selection, alone, letters: null, groups: [], error: null, chosen: null, replay: null, signal };
  const redraw = batched(() => draw(root, page(view, actions)));
  const actions = { redraw, load: () => load(view, redraw, signal) };
  redraw();
  actions.load();
  resume(view, actions);
}

function selected(view) {
  return Object.fromEntries(Object.entries({ stream: view.stream, reason: view.reason }).filter(([, value]) => value));
}

async function load(view, redraw, signal) {
  try {
    const [letters, groups] = await Promise.all([get('/dead-letters', { ...selected(view), limit: SHOWN, order: 'newest' }, signal),
      get('/dead-letters/counts', selected(view), signal)]);
    Object.assign(view, { letters, groups, error: null });
  } catch (error) {
    view.error = error.name === 'AbortError' ? null : error;
  }
  redraw();
}

function total(view) {
  return view.groups.reduce((sum, group) => sum + group.count, 0);
}

function page(view, actions) {
  return [h('div', { class: 'head' }, view.alone && h('div', null, h('h1', null, 'Dead letters'),
    h('p', { class: 'sub' }, 'Records that a sink or a stage rejected for good.')),
  h('div', { class: 'row' }, filters(view, actions), h('button', { onclick: actions.load }, 'Refresh'),
    may('operate') && total(view) > 0 && h('button', { disabled: view.replay?.state === 'running', onclick: () => replay(view, actions) }, `Replay ${count(total(view))}`),
    may('admin') && total(view) > 0 && h('button', { class: 'danger', onclick: () => purge(view, actions) }, `Purge ${count(total(view))}`))),
  problem(view.error), view.replay && outcome(view.replay), !view.letters ? !view.error && waiting('Reading the dead letters …')
    : !view.letters.length ? empty(view.stream || view.reason ? 'No dead letter matches.' : 'No dead letters. Records that cannot be delivered appear here, with the reason.')
      : [view.alone && grouped(view), h('div', { class: `live ${view.chosen ? 'split' : ''}` }, table(view, actions.redraw), view.chosen && detail(view, actions))]];
}

function filters(view, actions) {
  return h('form', { class: 'row', onsubmit: event => {
    event.preventDefault();
    view.reason = new FormData(event.target).get('reason').trim();
    if (view.alone) {
      view.stream = new FormData(event.target).get('stream').trim();
      go(`letters?${new URLSearchParams(selected(view))}`, true);
    } else {
      actions.load();
    }
  } }, view.alone && h('input', { name: 'stream', type: 'search', value: view.stream, 'aria-label': 'Stream', placeholder: 'Stream' }),
  h('input', { name: 'reason', type: 'search', value: view.reason, 'aria-label': 'Text in the reason', placeholder: 'Text in the reason' }), h('button', null, 'Filter'));
}

function grouped(view) {
  return h('ul', { class: 'chips groups', 'aria-label': 'By stream and reason' }, view.groups.map(group => h('li', { key: `${group.stream} ${group.code}` },
    h('a', { class: 'chip', href: `#/letters?stream=${part(group.stream)}` }, `${group.stream}: ${group.code.replaceAll('_', ' ')} `, h('strong', null, count(group.count))))));
}

function table(view, redraw) {
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Dead letters, newest first' }, h('table', { class: 'table data' },
    h('thead', null, h('tr', null, ['Time', 'Stream', 'Sink', 'Code', 'Reason'].map(column => h('th', { scope: 'col' }, column)))),
    h('tbody', null, view.letters.map(letter => h('tr', { key: letter.id, 'aria-selected': letter === view.chosen ? 'true' : null, onclick: () => {
      view.chosen = letter;
      redraw();
    } }, h('td', null, h('button', { class: 'link' }, moment(letter.time))), h('td', null, h('a', { href: `#/streams/${part(letter.stream)}` }, letter.stream)), h('td', null, letter.sink), h('td', null, letter.code), h('td', { title: letter.reason }, letter.reason)))))); 
}

function detail(view, actions) {
  const letter = view.chosen;
  return h('aside', { class: 'panel stack', 'aria-label': 'One dead letter' }, h('div', { class: 'row spread' }, h('h2', null, letter.code.replaceAll('_', ' ')),
    h('button', { onclick: () => {
      view.chosen = null;
      actions.redraw();
    } }, 'Close')), h('p', null, letter.reason),
  h('dl', { class: 'facts' }, facts(letter).map(([name, value]) => [h('dt', null, name), h('dd', null, value)])),
  Object.keys(letter.headers).length > 0 && [h('h3', null, 'Headers'), json(letter.headers)],
  h('h3', null, letter.tombstone ? 'A tombstone: no value' : 'Value'), !letter.tombstone && content(letter),
  h('div', { class: 'row' }, may('operate') && h('button', { onclick: () => replayOne(view, actions, letter) }, 'Replay this one'),
    h('button', { onclick: () => navigator.clipboard.writeText(letter.text) }, 'Copy the value')));
}

function facts(letter) {
  return [['Stream', h('a', { href: `#/streams/${part(letter.stream)}` }, letter.stream)], ['Record', count(letter.position)], ['Sink', `${letter.sink}${letter.target ? `: ${letter.target}` : ''}`],
    ['Attempts', letter.attempts], ['When', moment(letter.time)], ['Key', letter.key]].filter(([, value]) => value !== null && value !== undefined && value !== '');
}

function content(letter) {
  try {
    return json(JSON.parse(letter.text));
  } catch {
    return h('pre', { class: 'code', tabindex: 0, role: 'region', 'aria-label': 'Value' }, letter.text);
  }
}

function which(view) {
  return [view.stream && `of ${view.stream}`, view.reason && `with “${view.reason}” in the reason`].filter(Boolean).join(' ');
}

async function act(view, actions, work) {
  try {
    const answer = await work();
    view.chosen = null;
    await actions.load();
    return answer;
  } catch (error) {
    view.error = error;
    actions.redraw();
    return null;
  }
}

function received(view, actions) {
  return replay => {
    view.replay = replay;
    actions.redraw();
  };
}

async function replay(view, actions) {
  const through = await askWhere(`Replay ${plural(total(view), 'dead letter')} ${which(view)}?`.replace(' ?', '?'), view.groups);
  if (through) await act(view, actions, () => begin({ ...selected(view), through }, received(view, actions), view.signal));
}

async function replayOne(view, actions, letter) {
  const through = await askWhere('Replay this dead letter?', [{ code: letter.code, count: 1 }]);
  if (through) await act(view, actions, () => begin({ id: letter.id, through }, received(view, actions), view.signal));
}

/** A replay that began in another visit is still shown. */
async function resume(view, actions) {
  const running = await get('/dead-letters/replay', {}, view.signal).catch(() => null);
  if (running?.state === 'running') {
    await act(view, actions, () => follow(received(view, actions), view.signal));
  }
}

async function purge(view, actions) {
  if (await confirm(`Purge ${plural(total(view), 'dead letter')} ${which(view)}?`, 'They are thrown away for good.', 'Purge')) {
    const answer = await act(view, actions, () => remove('/dead-letters', Object.keys(selected(view)).length ? selected(view) : { all: true }));
    if (answer) toast(`${plural(answer.count, 'dead letter')} thrown away.`);
  }
}
