// The last five minutes of a stream as lines.

import { batched, draw, h } from '../dom.js';
import { count, duration, percent, rate } from '../format.js';
import { lines } from '../parts/chart.js';
import { historyOf } from '../parts/history.js';

export function showTab({ root, name, stream, changed }) {
  const view = { stream };
  const redraw = batched(() => draw(root, page(name, view.stream)));
  changed(next => {
    view.stream = next;
    redraw();
  });
  redraw();
}

function page(name, stream) {
  const history = historyOf(name);
  const statistics = stream.statistics;
  return [h('div', { class: 'plots' },
    h('div', { class: 'panel' }, lines('Records a second', history.times, history.rates, rate, 2)),
    h('div', { class: 'panel' }, lines('Latency of the slowest sink', history.times, history.latencies, duration, 0.01)),
    h('div', { class: 'panel' }, lines('Fullest queue', history.times, history.queues, percent, 1)),
    h('div', { class: 'panel' }, lines('Records lost', history.times, history.lost, count, 2))),
  statistics?.shapes && fidelity(statistics.shapes),
  statistics && batches(statistics.lastBatches)];
}

function fidelity(shapes) {
  return h('div', { class: 'panel space' }, h('h2', null, 'Live fidelity'), h('p', null,
    `The last rows match the distributions of the model to ${percent(shapes.shape)}; rows of the model itself reach ${percent(shapes.ceiling)}. `,
    shapes.worst && `The furthest column is ${shapes.worst.column ?? shapes.worst.name}.`));
}

function batches(list) {
  return list.length > 0 && h('div', { class: 'panel space' }, h('h2', null, 'The last batches'), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'The last batches' },
    h('table', { class: 'table data' }, h('thead', null, h('tr', null, ['Batch', 'Delivered', 'Lost', 'Time'].map(name => h('th', { scope: 'col', class: 'number' }, name)))),
      h('tbody', null, [...list].reverse().map(batch => h('tr', { key: batch.batch }, h('td', { class: 'number' }, count(batch.batch)),
        h('td', { class: 'number' }, count(batch.processed)), h('td', { class: 'number' }, count(batch.failed)),
        h('td', { class: 'number' }, duration(batch.milliseconds / 1000))))))));
}
