// All streams: what runs, how fast, and what is wrong, the troubled ones first.

import { may } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { count, plural, rate } from '../format.js';
import { poll } from '../live.js';
import { spark } from '../parts/chart.js';
import { paceOf, way } from '../parts/definitions.js';
import { FATES, fates } from '../parts/fates.js';
import { empty, problem, state, waiting } from '../parts/feedback.js';
import { historyOf, record } from '../parts/history.js';
import { troubled } from '../parts/trouble.js';
import { title } from '../shell.js';

const SHOWN = 100;
const ORDER = ['failed', 'failing', 'degraded', 'running', 'paused', 'completed', 'stopped'];

export async function show({ root, query, signal }) {
  const view = { streams: null, alerts: new Map(), search: query.get('q') || '', limit: SHOWN, error: null };
  const redraw = batched(() => draw(root, page(view, redraw)));
  title('Streams');
  redraw();
  poll('/alerts', { every: 5000, signal, received: list => {
    view.alerts = new Map(list.map(health => [health.stream, health.alerts]));
    redraw();
  } });
  poll('/streams', { signal, every: streams => streams?.length > 100 ? 4000 : 1500, received: streams => {
    view.streams = streams;
    view.error = null;
    streams.filter(stream => stream.statistics).forEach(stream => record(stream.name, stream.statistics));
    redraw();
  }, failed: error => {
    view.error = error;
    redraw();
  } });
}

function page(view, redraw) {
  const streams = view.streams || [];
  const found = streams.filter(stream => matches(stream, view.search)).map(stream => troubled(stream, view.alerts.get(stream.name)))
    .sort((a, b) => ORDER.indexOf(a.word) - ORDER.indexOf(b.word) || a.name.localeCompare(b.name));
  return [h('div', { class: 'head' }, h('div', null, h('h1', null, 'Streams'), h('p', { class: 'sub' }, summary(streams))),
    h('div', { class: 'row' }, streams.length > 5 && search(view, redraw),
      may('operate') && h('a', { class: 'button primary', href: '#/new' }, 'New stream'))),
  problem(view.error),
  !view.streams ? !view.error && waiting('Asking for the streams …')
    : !streams.length ? empty('No streams yet. A stream takes records from a model, a simulation or a topic, and sends them to Kafka, a socket or a database.',
      may('operate') && h('a', { class: 'button primary', href: '#/new' }, 'Start a stream'), h('a', { class: 'button', href: '#/models' }, 'Models'))
      : !found.length ? empty(`No stream matches “${view.search}”.`)
        : [table(found.slice(0, view.limit)), found.length > view.limit && h('p', { class: 'row more' }, h('button', { onclick: () => {
          view.limit += SHOWN * 2;
          redraw();
        } }, `Show more of ${count(found.length)}`))]];
}

function summary(streams) {
  const total = streams.reduce((sum, stream) => sum + (stream.statistics?.currentSamplesPerSecond || 0), 0);
  const active = streams.filter(stream => stream.state === 'running' || stream.state === 'failing').length;
  return streams.length ? `${plural(streams.length, 'stream')}, ${active} active, ${rate(total)} in all` : '';
}

function search(view, redraw) {
  return h('input', { type: 'search', value: view.search, 'aria-label': 'Find streams', placeholder: 'Find  /', oninput: event => {
    view.search = event.target.value;
    history.replaceState(null, '', `#/streams${view.search ? `?q=${encodeURIComponent(view.search)}` : ''}`);
    redraw();
  } });
}

function matches(stream, text) {
  return !text || `${stream.name} ${stream.state} ${way(stream.definition)}`.toLowerCase().includes(text.toLowerCase());
}

function table(streams) {
  return h('table', { class: 'table cardy streams', role: 'table' }, h('caption', { class: 'hidden' }, 'Streams'),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ['Stream', 'State', 'Rate', 'Last minutes', 'Delivered'].map(name =>
      h('th', { role: 'columnheader', scope: 'col', title: name === 'Delivered' ? FATES.delivered : null, class: name === 'Rate' || name === 'Delivered' ? 'number' : '' }, name)))),
    h('tbody', { role: 'rowgroup' }, streams.map(row)));
}

/** Counts start again with the service; of a stream that had ended before, the position remains. */
function recordsOf({ state: word, statistics, definition }) {
  const { delivered } = fates(statistics, definition);
  return ['completed', 'stopped', 'failed'].includes(word) && statistics.totalSamples === 0 ? statistics.position : delivered;
}

function row(stream) {
  const statistics = stream.statistics;
  const history = historyOf(stream.name);
  return h('tr', { key: stream.name, role: 'row' },
    h('td', { role: 'cell' }, h('a', { class: 'name', href: `#/streams/${encodeURIComponent(stream.name)}` }, stream.name),
      h('div', { class: 'quiet way-line' }, way(stream.definition)),
      stream.trouble && h('div', { class: stream.word === 'degraded' ? 'warn trouble' : 'bad trouble' }, stream.trouble)),
    h('td', { role: 'cell' }, state(stream.word), stream.elsewhere && h('div', { class: 'quiet' }, 'on another instance')),
    h('td', { role: 'cell', class: 'number' }, statistics ? h('strong', null, rate(statistics.currentSamplesPerSecond)) : '–',
      h('div', { class: 'quiet wideonly' }, `of ${paceOf(stream.definition)}`.replace('of as', 'as'))),
    h('td', { role: 'cell', class: 'wideonly' }, spark(history.rates, `Rate of ${stream.name} over the last minutes`)),
    h('td', { role: 'cell', class: 'number wideonly' }, statistics ? count(recordsOf(stream)) : '–'));
}

