// The last results of the windows of a stream.

import { name as part } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { cell, count, moment } from '../format.js';
import { poll } from '../live.js';
import { empty, problem } from '../parts/feedback.js';

export function showTab({ root, name, signal }) {
  const view = { results: null, error: null };
  const redraw = batched(() => draw(root, page(view)));
  poll(`/streams/${part(name)}/windows`, { query: { count: 50 }, every: 2000, signal, received: results => {
    Object.assign(view, { results, error: null });
    redraw();
  }, failed: error => {
    view.error = error;
    redraw();
  } });
}

function time(text) {
  return text.includes('T') ? moment(text) : text;
}

function page({ results, error }) {
  if (error || !results?.length) {
    return error ? problem(error) : empty('No window has closed yet. Results appear when event time passes the end of a window.');
  }
  const flat = results.map(result => flatten(result.values));
  const measures = [...new Set(flat.flatMap(values => Object.keys(values)))];
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Results of windows, newest first' }, h('table', { class: 'table data' },
    h('thead', null, h('tr', null, ['Window', 'Key', 'From', 'To'].map(column => h('th', { scope: 'col' }, column)), ['Records', ...measures].map(column => h('th', { scope: 'col', class: 'number' }, column)))),
    h('tbody', null, results.map((result, index) => h('tr', null, h('td', null, result.window), h('td', null, result.key || '–'), h('td', null, time(result.start)),
      h('td', null, time(result.end), result.revision > 0 && ` (revision ${result.revision})`), h('td', { class: 'number' }, count(result.count)),
      measures.map(measure => h('td', { class: 'number' }, cell(rounded(flat[index][measure])))))))));
}

/** The measures of fields as "field measure". */
function flatten(values, prefix = '') {
  return Object.assign({}, ...Object.entries(values).map(([name, value]) => value && typeof value === 'object'
    ? flatten(value, `${prefix}${name} `) : { [prefix + name]: value }));
}

function rounded(value) {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}
