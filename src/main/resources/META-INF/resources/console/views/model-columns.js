// What was learned of each column, the rules that hold, and notices; types can be changed and the table learned again.

import { may, name as part, request } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { count, percent } from '../format.js';
import { histogram } from '../parts/chart.js';
import { distributions } from '../parts/distribution.js';
import { changes, choicesOf, METHODS, pairs, said, TYPES, withChoice, withoutChoice } from '../parts/choices.js';
import { Fitting } from '../parts/fitting.js';
import { fileOf } from '../parts/tables.js';
import { choose } from './models.js';

const ROWS = 2000;
const MANY = 12;

export async function showTab({ root, model, signal, replaced }) {
  const view = { model, bars: new Map(), before: choicesOf(model), choices: choicesOf(model), all: false };
  const redraw = batched(() => draw(root, page(view, redraw)));
  view.fitting = new Fitting(redraw, fitted => {
    Object.assign(view, { model: fitted, before: choicesOf(fitted), choices: choicesOf(fitted) });
    replaced(fitted);
    loadBars(view, redraw, signal);
  });
  view.refit = file => view.fitting.start(file, view.model.name, view.choices);
  redraw();
  loadBars(view, redraw, signal);
}

async function loadBars(view, redraw, signal) {
  try {
    const rows = await request(`/models/${part(view.model.name)}/samples`, { query: { count: ROWS, format: 'json' }, signal });
    view.bars = distributions(view.model.columns, rows.map(row => flat(row)));
    redraw();
  } catch {
    // the columns are shown without distributions
  }
}

/** Nested objects were columns of their own in the table. */
function flat(row, prefix = '', into = {}) {
  for (const [name, value] of Object.entries(row)) {
    if (value && typeof value === 'object' && !Array.isArray(value)) {
      flat(value, `${prefix}${name}.`, into);
    } else {
      into[prefix + name] = value;
    }
  }
  return into;
}

function page(view, redraw) {
  return [h('div', { class: 'stack wide' }, view.fitting.show(), again(view, redraw), notices(view, redraw),
    relations(view, redraw), table(view, redraw), asked(view, redraw))];
}

/** Offers to learn again once something was changed. */
function again(view, redraw) {
  const changed = changes(view.before, view.choices);
  if (!changed.length || view.fitting.running) {
    return null;
  }
  const kept = pairs(view.choices).filter(([name, value]) => [view.before[name]].flat().includes(value));
  return h('div', { class: 'notice info', role: 'status' }, h('strong', null, 'Learn again with these changes?'),
    h('ul', { class: 'plain-list' }, changed.map(text => h('li', null, text))),
    kept.length > 0 && h('p', { class: 'quiet' }, `Kept from the last time: ${kept.map(pair => said(...pair)).join('; ')}.`),
    h('div', { class: 'row' }, learn(view, 'primary'), h('button', { onclick: () => {
      view.choices = view.before;
      redraw();
    } }, 'Discard')));
}

function learn(view, kind, label = 'Choose the table again') {
  const file = fileOf(view.model.name);
  return file ? h('button', { class: kind, onclick: () => view.refit(file) }, `Learn ${file.name} again`)
    : choose(view, label, kind, undefined, view.refit);
}

/** What was asked of the last fit, to begin from: each choice can be taken back. */
function asked(view, redraw) {
  const method = view.choices.method || 'auto';
  if (!may('operate') || view.model.method === 'declared') {
    return null;
  }
  return h('section', { class: 'panel stack' }, h('h2', null, 'How it is learned'), h('div', { class: 'row' }, h('div', { class: 'field' }, h('label', { for: 'refit-method' }, 'Method'),
    h('select', { id: 'refit-method', onchange: event => {
      view.choices = event.target.value === 'auto' && !view.before.method ? withoutChoice(view.choices, 'method') : withChoice(view.choices, 'method', event.target.value);
      redraw();
    } }, (METHODS.some(([value]) => value === method) ? METHODS : [[method, method], ...METHODS]).map(([value, label]) => h('option', { value, selected: value === method }, label)))),
  view.model.method !== method && method === 'auto' && h('span', { class: 'quiet' }, `it took ${view.model.method.replace('_', ' ')}`),
  !changes(view.before, view.choices).length && learn(view, '', 'Learn again: choose the table')),
  pairs(view.choices).some(([name]) => name !== 'method') && h('ul', { class: 'chips', 'aria-label': 'Choices' }, pairs(view.choices).filter(([name]) => name !== 'method').map(([name, value]) =>
    h('li', { key: `${name} ${value}`, class: 'chip' }, said(name, value), ' ', h('button', { class: 'link', 'aria-label': `Take back: ${said(name, value)}`, onclick: () => {
      view.choices = withoutChoice(view.choices, name, value);
      redraw();
    } }, 'take back')))));
}

function notices(view, redraw) {
  // the relations are listed below, with what to click
  const list = (view.model.notices || []).filter(notice => notice.column || !/^The model keeps \d+ relation/.test(notice.message));
  if (!list.length) {
    return null;
  }
  const shown = view.all ? list : list.slice(0, 3);
  return h('section', { 'aria-label': 'Notices' }, h('ul', { class: 'list' }, shown.map(notice => h('li', { class: `notice ${notice.column ? '' : 'info'}` },
    h('span', null, notice.column && h('strong', null, notice.column, notice.row ? ` (row ${count(notice.row)})` : '', ': '), notice.message),
    may('operate') && remedies(view, redraw, notice)))),
  list.length > shown.length && h('button', { class: 'link', onclick: () => {
    view.all = true;
    redraw();
  } }, `Show ${list.length - shown.length} more`));
}

/** What can be done about a notice, with one click. */
function remedies(view, redraw, { column, message }) {
  const choice = (name, value, label) => h('button', { key: label, class: 'link', onclick: () => {
    view.choices = withChoice(view.choices, name, value);
    redraw();
  } }, label);
  if (!column) {
    return /header=true/.test(message) && choice('header', 'true', 'The first line is the header');
  }
  const named = TYPES.filter(type => message.includes(`type.${column}=${type}`));
  return h('div', { class: 'row' }, named.map(type => choice(`type.${column}`, type, `Read ${column} as ${type}`)),
    !named.length && /missing|odd/.test(message) && choice(`type.${column}`, 'categorical', 'Keep them as texts'),
    !named.length && /identifier|form|pattern/.test(message) && choice(`type.${column}`, 'categorical', 'Keep the values as a list'),
    /date|number|type|identifier|format\./.test(message) && h('button', { class: 'link', onclick: () => document.getElementById(`type-${column}`)?.focus() }, 'Choose another type'));
}

/** What holds between columns; a relation that was found can be switched off. */
function relations(view, redraw) {
  const { model, choices } = view;
  const off = choices['-relation'] || [];
  const gone = [...off, ...view.before['-relation'] || []].filter((each, index, all) => all.indexOf(each) === index && !(model.relations || []).some(one => one.relation === each));
  const found = [...model.relations || [], ...gone.map(relation => ({ relation, rate: 1 }))];
  const rules = (model.constraints || []).filter(rule => !found.some(each => each.relation === rule));
  const toggle = relation => {
    view.choices = (off.includes(relation) ? withoutChoice : withChoice)(choices, '-relation', relation);
    redraw();
  };
  return found.length + rules.length > 0 && h('section', { class: 'panel' }, h('h2', null, `Relations between columns (${rules.length + found.filter(each => !off.includes(each.relation)).length})`),
    h('ul', { class: 'chips' }, rules.map(rule => h('li', { class: 'chip' }, rule)), found.map(each => h('li', { key: each.relation, class: 'chip' },
      h('span', { class: off.includes(each.relation) ? 'off' : '' }, each.relation), each.rate < 1 && h('span', { class: 'quiet' }, ` in ${percent(each.rate)} of ${count(each.rows)} rows`), ' ',
      may('operate') && h('button', { class: 'link', 'aria-label': `${off.includes(each.relation) ? 'Keep' : 'Leave out'} ${each.relation}`, onclick: () => toggle(each.relation) }, off.includes(each.relation) ? 'keep' : 'leave out')))));
}

function table(view, redraw) {
  const { columns } = view.model;
  return h('table', { class: 'table cardy columns', role: 'table' }, h('caption', { class: 'hidden' }, 'Columns'),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ['Column', 'Type', 'Distribution', 'Values', 'Missing'].map(name =>
      h('th', { role: 'columnheader', scope: 'col', class: name === 'Missing' ? 'number' : '' }, name)))),
    h('tbody', { role: 'rowgroup' }, columns.map(column => row(view, column, redraw, columns.length > MANY))));
}

function row(view, column, redraw) {
  const bars = view.bars.get(column.name) || [];
  return h('tr', { key: column.name, role: 'row' }, h('td', { role: 'cell', class: 'name' }, column.name, column.meaning && h('div', { class: 'quiet' }, column.meaning.replaceAll('_', ' '))),
    h('td', { role: 'cell' }, typeChoice(view, column, redraw)),
    h('td', { role: 'cell', class: 'whole dist' }, bars.length > 0 && histogram(bars, `Distribution of ${column.name}: most often ${top(bars).label}`)),
    h('td', { role: 'cell', class: 'whole quiet' }, values(column)),
    h('td', { role: 'cell', class: 'number' }, column.missing > 0 ? percent(column.missing) : h('span', { class: 'quiet wideonly' }, 'none')));
}

function top(bars) {
  return bars.reduce((best, bar) => bar.share > best.share ? bar : best);
}

function values(column) {
  if (column.least !== null && column.least !== undefined) {
    return `${column.least} … ${column.greatest}`;
  }
  if (column.shares) {
    const names = Object.keys(column.shares).slice(0, 3).join(', ');
    return `${names}${column.distinct > 3 ? ` and ${count(column.distinct - 3)} more` : ''}`;
  }
  return column.distinct ? `${count(column.distinct)} different` : 'generated by form; no value of the table';
}

function typeChoice(view, column, redraw) {
  if (!may('operate')) {
    return column.type;
  }
  const chosen = view.choices[`type.${column.name}`];
  return [h('select', { id: `type-${column.name}`, 'aria-label': `Type of ${column.name}`, class: chosen !== view.before[`type.${column.name}`] ? 'changed' : '',
    onchange: event => set(view, `type.${column.name}`, event.target.value, column.type, redraw) },
  (TYPES.includes(column.type) ? TYPES : [column.type, ...TYPES]).map(type => h('option', { value: type, selected: (chosen || column.type) === type }, type))),
  (chosen || column.type) === 'datetime' && dateFormat(view, column, redraw)];
}

/** Dates that were read in the wrong order are put right by naming their format. */
function dateFormat(view, column, redraw) {
  const name = `format.${column.name}`;
  return h('details', { class: 'format' }, h('summary', { class: 'quiet' }, view.choices[name] || 'date format'),
    h('input', { 'aria-label': `Date format of ${column.name}`, placeholder: 'dd.MM.uuuu HH:mm', value: view.choices[name] || '',
      onchange: event => set(view, name, event.target.value.trim(), '', redraw) }));
}

function set(view, name, value, asItIs, redraw) {
  view.choices = value === asItIs && (!value || !(name in view.before)) ? withoutChoice(view.choices, name) : withChoice(view.choices, name, value);
  redraw();
}
