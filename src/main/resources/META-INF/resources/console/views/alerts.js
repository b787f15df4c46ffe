// Alerts as they are, and as they came and went.

import { get, name as part } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { moment, number, words } from '../format.js';
import { poll, socket } from '../live.js';
import { empty, problem, waiting } from '../parts/feedback.js';
import { title } from '../shell.js';

const KEPT = 200;

/** What each alert means for the reader, in one sentence; thresholds are settings. */
const MEANINGS = {
  LOW_THROUGHPUT: 'The stream is slower than it should be.',
  SINK_FAILING: 'A sink does not accept records. The stream retries by itself.',
  SOURCE_FAILING: 'The source cannot be read. The stream retries by itself.',
  HIGH_DEAD_LETTER_RATE: 'Most recent records became dead letters.',
  STAGE_PASSES_NOTHING: 'A stage drops or rejects every record that reaches it.',
  LATE_RECORDS: 'Many records are too late for their windows.',
  RECORDS_AHEAD: 'Many records are far ahead of event time.',
  STREAM_NOT_RESTORED: 'The saved stream could not be restored.',
  POSITION_NOT_SAVED: 'The store does not accept what the stream saves.',
  HIGH_QUEUE_UTILIZATION: 'A queue is nearly full.',
  HIGH_ERROR_RATE: 'A sink fails too often.',
  HIGH_LATENCY: 'Records are in flight for too long.',
  HIGH_DRIFT: 'A column moved far at the last update of the model.',
  RELATION_BROKEN: 'New rows broke a relation of the model, which no longer keeps it.',
  QUALITY_CHECKPOINT: 'An expect stage found records that fail its checks.',
  STREAM_ENDED: 'A defect, or a stage that says stop, ended the stream.',
};

export async function show({ root, signal }) {
  const view = { active: null, events: [], error: null, state: '' };
  const redraw = batched(() => draw(root, page(view)));
  title('Alerts');
  redraw();
  poll('/alerts', { every: 3000, signal, received: active => {
    Object.assign(view, { active, error: null });
    redraw();
  }, failed: error => {
    view.error = error;
    redraw();
  } });
  get('/alerts/events', { count: KEPT }, signal).then(events => {
    view.events = merged(events, view.events);
    redraw();
  }).catch(() => {});
  socket('/alerts', { signal, state: word => {
    view.state = word;
    redraw();
  }, message: text => {
    view.events = merged([JSON.parse(text)], view.events);
    redraw();
  } });
}

function merged(fresh, old) {
  const all = new Map([...old, ...fresh].filter(event => event.sequence).map(event => [event.sequence, event]));
  return [...all.values()].sort((a, b) => b.sequence - a.sequence).slice(0, KEPT);
}

function page(view) {
  const active = view.active || [];
  return [h('div', { class: 'head' }, h('div', null, h('h1', null, 'Alerts'),
    h('p', { class: 'sub' }, view.state === 'lost' ? 'Connection lost; trying again' : 'They come and go by themselves.'))),
  problem(view.error), h('div', { class: 'stack wide' }, !view.active ? !view.error && waiting('Asking for the alerts …')
    : active.length ? h('ul', { class: 'list', 'aria-label': 'Active alerts' }, active.flatMap(stream => stream.alerts.map(alert =>
      h('li', { key: `${stream.stream} ${alert.name} ${alert.sink}` }, alertLine(alert, stream.stream)))))
      : empty('All streams are healthy.'),
  view.events.length > 0 && h('section', { class: 'stack' }, h('h2', null, 'What has happened'), h('ul', { class: 'list events' }, view.events.map(event =>
    h('li', { key: event.sequence, class: 'row' }, h('span', { class: 'quiet' }, moment(event.time)),
      h('span', { class: event.event === 'cleared' ? 'good' : event.event === 'raised' ? 'bad' : 'warn' }, event.event),
      h('a', { href: `#/streams/${part(event.stream)}/health` }, event.stream), h('span', null, words(event.alert.name), event.alert.sink && ` (${event.alert.sink})`),
      event.alert.reason && event.event !== 'cleared' && h('span', { class: 'quiet' }, event.alert.reason))))))];
}

/** An alert with its meaning and figures. */
export function alertLine(alert, stream) {
  return h('div', { class: 'notice alert' }, h('div', { class: 'row' }, h('strong', null, words(alert.name)), alert.sink && h('span', null, alert.sink),
    stream && h('a', { href: `#/streams/${part(stream)}/health` }, stream)),
  h('span', null, alert.reason || MEANINGS[alert.name] || ''),
  alert.threshold > 0 && h('span', { class: 'quiet' }, `${number(alert.value)}, threshold ${number(alert.threshold)}`));
}
