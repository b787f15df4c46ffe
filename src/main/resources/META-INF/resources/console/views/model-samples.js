// Rows of a model, as a table or as JSON, with conditions made by choosing columns.

import { address, may, name as part, post } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { cell, percent } from '../format.js';
import { problem, waiting } from '../parts/feedback.js';
import { json } from '../parts/yaml.js';

const OPERATORS = [['eq', 'is'], ['ne', 'is not'], ['in', 'is one of'], ['not_in', 'is none of'], ['gt', '>'], ['gte', '≥'], ['lt', '<'], ['lte', '≤'],
  ['missing', 'is missing'], ['present', 'is not missing']];
const WITHOUT_VALUE = { missing: true, present: false };

export function showTab({ root, model, signal }) {
  const view = { model, rows: null, error: null, seed: 0, count: 50, conditions: [], form: 'table' };
  const redraw = batched(() => draw(root, page(view, redraw, load)));
  const load = async () => {
    view.error = null;
    redraw();
    try {
      view.rows = await post(`/models/${part(model.name)}/samples`, { type: 'application/json', accept: 'application/json', signal, body: JSON.stringify(body(view)) });
    } catch (error) {
      view.error = error.name === 'AbortError' ? null : error;
    }
    redraw();
  };
  load();
}

function body(view) {
  const conditions = conditionsOf(view);
  return { count: view.count, seed: view.seed, format: 'json', metadata: false, ...(Object.keys(conditions).length ? { conditions } : {}) };
}

/** The conditions as the API takes them. */
export function conditionsOf(view) {
  const conditions = {};
  for (const { column, operator, value } of view.conditions.filter(each => each.operator in WITHOUT_VALUE || each.value !== '')) {
    const known = view.model.columns.find(each => each.name === column);
    const typed = text => typedValue(known, text.trim());
    const test = operator in WITHOUT_VALUE ? { is_null: WITHOUT_VALUE[operator] }
      : { [operator]: /in$/.test(operator) ? value.split(',').map(typed) : typed(value) };
    conditions[column] = operator === 'eq' ? test.eq : { ...(typeof conditions[column] === 'object' ? conditions[column] : {}), ...test };
  }
  return conditions;
}

function typedValue(column, text) {
  if (['integer', 'decimal', 'floating'].includes(column?.type) && text !== '' && !Number.isNaN(Number(text))) {
    return Number(text);
  }
  return column?.type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text;
}

/** A new stream of rows that meet the conditions. */
function streamAddress(view) {
  const conditions = conditionsOf(view);
  const some = Object.keys(conditions).length > 0;
  return `#/new?${new URLSearchParams({ model: view.model.name, ...(some ? { scenario: 'rare', conditions: JSON.stringify(conditions) } : {}) })}`;
}

function page(view, redraw, load) {
  return [h('form', { class: 'panel stack', onsubmit: event => {
    event.preventDefault();
    load();
  } }, view.conditions.map((condition, index) => line(view, condition, index, redraw)),
  h('div', { class: 'row' }, h('button', { type: 'button', onclick: () => {
    const column = view.model.columns.find(each => each.shares) || view.model.columns[0];
    view.conditions.push({ column: column.name, operator: 'eq', value: first(column) });
    redraw();
  } }, 'Add a condition'),
  h('label', { class: 'row' }, 'Rows', h('input', { type: 'number', min: 1, max: 1000, value: view.count, class: 'short', oninput: event => {
    view.count = Math.max(1, Math.min(1000, Number(event.target.value) || 1));
  } })),
  h('label', { class: 'row' }, 'Seed', h('input', { type: 'number', value: view.seed, class: 'short', oninput: event => {
    view.seed = Math.trunc(Number(event.target.value)) || 0;
  } })),
  h('button', { class: 'primary' }, 'Draw'),
  h('button', { type: 'button', onclick: () => {
    view.seed += 1;
    load();
  } }, 'Other rows'),
  may('operate') && h('a', { class: 'button', href: streamAddress(view) }, 'Stream such rows'),
  h('div', { class: 'row', role: 'group', 'aria-label': 'Form' }, ['table', 'json', 'curl'].map(form => h('button', { type: 'button', key: form, 'aria-pressed': String(view.form === form), onclick: () => {
    view.form = form;
    redraw();
  } }, form === 'json' ? 'JSON' : form === 'curl' ? 'curl' : 'Table'))))),
  problem(view.error), view.rows ? h('div', { class: 'space' }, result(view)) : !view.error && waiting('Drawing rows …')];
}

function first(column) {
  return Object.keys(column?.shares || {})[0] || '';
}

function line(view, condition, index, redraw) {
  const column = view.model.columns.find(each => each.name === condition.column);
  const set = field => event => {
    condition[field] = event.target.value;
    redraw();
  };
  return h('div', { class: 'row', key: index },
    h('select', { 'aria-label': 'Column', onchange: event => {
      condition.column = event.target.value;
      condition.value = first(view.model.columns.find(each => each.name === condition.column));
      redraw();
    } }, view.model.columns.map(each => h('option', { value: each.name, selected: each.name === condition.column }, each.name))),
    h('select', { 'aria-label': 'Comparison', onchange: set('operator') }, OPERATORS.map(([value, label]) => h('option', { value, selected: value === condition.operator }, label))),
    !(condition.operator in WITHOUT_VALUE) && valueOf(column, condition, index, set('value')),
    h('button', { type: 'button', onclick: () => {
      view.conditions.splice(index, 1);
      redraw();
    } }, 'Remove'));
}

/** A list where all values of the column are known, else a field that suggests some. */
function valueOf(column, condition, index, changed) {
  const shares = Object.entries(column?.shares || {});
  if (shares.length && shares.length === column.distinct && /^(eq|ne)$/.test(condition.operator)) {
    return h('select', { class: 'grow', 'aria-label': 'Value', onchange: changed }, shares.map(([value, share]) =>
      h('option', { value, selected: value === condition.value }, `${value} (${percent(share)})`)));
  }
  const hint = column?.least ? `${column.least} … ${column.greatest}` : /in$/.test(condition.operator) ? 'values, divided by commas' : '';
  return [h('input', { class: 'grow', 'aria-label': 'Value', value: condition.value, list: `values-${index}`, oninput: changed, placeholder: hint }),
    h('datalist', { id: `values-${index}` }, shares.map(([value]) => h('option', { value })))];
}

function result(view) {
  if (view.form === 'json') {
    return json(view.rows.slice(0, 50));
  }
  if (view.form === 'curl') {
    return h('pre', { class: 'code', tabindex: 0, role: 'region', 'aria-label': 'Command' }, `curl ${location.origin}${address(`/models/${part(view.model.name)}/samples`)} \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify({ ...body(view), format: 'ndjson' }).replaceAll("'", "'\\''")}'`);
  }
  const columns = view.rows.length ? Object.keys(view.rows[0]) : [];
  const numeric = new Set(view.model.columns.filter(column => ['integer', 'decimal', 'floating'].includes(column.type)).map(column => column.name));
  return h('div', { class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': 'Drawn rows' }, h('table', { class: 'table data' },
    h('thead', null, h('tr', null, columns.map(column => h('th', { scope: 'col', class: numeric.has(column) ? 'number' : '' }, column)))),
    h('tbody', null, view.rows.map(row => h('tr', null, columns.map(column => h('td', { class: numeric.has(column) ? 'number' : '', title: String(cell(row[column])) }, cell(row[column]))))))));
}

