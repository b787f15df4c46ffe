// All models, and the place to drop a table.

import { get, may, name as part, upload } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { count, moment, plural } from '../format.js';
import { choicesOf, METHODS, pairs, said } from '../parts/choices.js';
import { problem, waiting } from '../parts/feedback.js';
import { Fitting } from '../parts/fitting.js';
import { icon } from '../parts/icons.js';
import { reportOf, verdictOf } from '../parts/reports.js';
import { dropTarget, ENDINGS, firstLines, modelName } from '../parts/tables.js';
import { dialog, go, title, toast } from '../shell.js';

export async function show({ root, signal, query }) {
  const view = { models: null, error: null, search: query.get('q') || '' };
  const redraw = batched(() => draw(root, page(view, redraw)));
  view.fitting = new Fitting(redraw, model => go(`models/${part(model.name)}`));
  view.dropped = file => file.name.endsWith('.model.json') ? importFile(view, file, redraw) : ask(view, file);
  title('Models');
  redraw();
  if (may('operate')) {
    dropTarget(document.getElementById('main'), signal, view.dropped);
  }
  try {
    view.models = await get('/models', {}, signal);
  } catch (error) {
    view.error = error;
  }
  redraw();
}

function page(view, redraw) {
  const models = view.models || [];
  const found = models.filter(model => `${model.name} ${model.columns.map(column => column.name).join(' ')}`.toLowerCase().includes(view.search.toLowerCase()));
  return [h('div', { class: 'head' }, h('div', null, h('h1', null, 'Models'),
    h('p', { class: 'sub' }, models.length ? `${plural(models.length, 'model')}. A model describes a table, and draws rows like its rows.` : '')),
  models.length > 0 && h('div', { class: 'row' }, models.length > 5 && h('input', { type: 'search', value: view.search, 'aria-label': 'Find models and columns', placeholder: 'Find  /',
    oninput: event => {
      view.search = event.target.value;
      redraw();
    } }), may('operate') && choose(view, 'Learn a table', 'primary'), may('operate') && importer(view, redraw))),
  view.fitting.show(), problem(view.error),
  !view.models ? !view.error && waiting('Asking for the models …')
    : models.length ? h('ul', { class: 'cards' }, found.map(card)) : !view.fitting.running && welcome(view, redraw)];
}

/** The first visit explains itself in three steps. */
function welcome(view, redraw) {
  return h('div', { class: 'welcome' }, may('operate') ? h('div', { class: 'drop' }, icon('upload'), h('h2', null, 'Drop a table here'),
    h('p', { class: 'quiet' }, 'CSV, NDJSON, JSON, Parquet or Excel. It stays on this service.'), h('div', { class: 'row' }, choose(view, 'Choose a file', 'primary'), importer(view, redraw)))
    : h('div', { class: 'empty' }, 'No models yet. Your role may look, but not learn tables.'),
  h('ol', { class: 'steps' }, h('li', null, h('strong', null, 'Learn'), ' The service finds types, rules and dependences, and keeps no row.'),
    h('li', null, h('strong', null, 'Judge'), ' See synthetic beside real, column by column.'),
    h('li', null, h('strong', null, 'Stream'), ' Send as many rows as you like, at a pace, to Kafka, sockets or a database.')));
}

function importer(view, redraw) {
  return choose(view, 'Import a model', '', 'application/json,.json', file => importFile(view, file, redraw));
}

/** A button that opens the chooser of files; the input itself stays reachable by the keyboard. */
export function choose(view, label, kind, accept = ENDINGS, chosen = view.dropped) {
  return h('label', { key: label, class: `button ${kind} file` }, label, h('input', { type: 'file', class: 'hidden', accept, onchange: event => {
    const file = event.target.files[0];
    event.target.value = '';
    if (file) chosen(file);
  } }));
}

function card(model) {
  const types = Object.entries(Object.groupBy(model.columns, column => column.type)).map(([type, columns]) => `${columns.length} ${type}`).join(', ');
  return h('li', { key: model.name, class: 'panel card' }, h('h2', null, h('a', { href: `#/models/${part(model.name)}` }, model.name)),
    h('div', null, `${count(model.rows)} rows, ${plural(model.columns.length, 'column')}`),
    h('div', { class: 'quiet' }, types),
    model.error ? h('div', { class: 'bad' }, model.error) : reportOf(model) && h('div', null, verdictOf(reportOf(model))),
    h('div', { class: 'quiet' }, `${model.method.replace('_', ' ')} · version ${model.version} · ${moment(model.fittedAt)}`));
}

/** Shows the first lines and asks for a name before anything is sent. */
async function ask(view, file) {
  const lines = await firstLines(file);
  const taken = new Set((view.models || []).map(model => model.name));
  const named = () => (view.models || []).find(model => model.name === (document.getElementById('model-name')?.value ?? modelName(file)));
  const earlier = () => pairs(choicesOf(named())).filter(([name]) => !/^(method|epsilon|delta|budget)$/.test(name));
  const chosen = await dialog('Learn a table', (close, redraw) => h('form', { class: 'stack', onsubmit: event => {
    event.preventDefault();
    close(Object.fromEntries(new FormData(event.target)));
  } }, h('h2', null, `Learn ${file.name}`),
  lines.length > 0 && h('pre', { class: 'code preview', tabindex: 0, role: 'region', 'aria-label': 'First lines' }, lines.join('\n')),
  h('div', { class: 'field' }, h('label', { for: 'model-name' }, 'Name of the model'),
    h('input', { id: 'model-name', name: 'name', value: modelName(file), pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]*', maxlength: 100, required: true, autofocus: true, oninput: redraw }),
    h('small', null, taken.has(document.getElementById('model-name')?.value ?? modelName(file)) ? 'A model of this name exists; this makes a new version of it.' : 'Letters, digits, “-”, “_” and “.”')),
  h('div', { class: 'field' }, h('label', { for: 'method' }, 'Method'), h('select', { id: 'method', name: 'method', disabled: Boolean(document.getElementById('epsilon')?.value) },
    METHODS.map(([value, label]) => h('option', { value, selected: value === (choicesOf(named()).method || 'auto') }, label)))),
  earlier().length > 0 && h('label', { class: 'check' }, h('input', { type: 'checkbox', name: 'again', value: 'yes', checked: true }),
    h('span', null, `Like the version before: ${earlier().map(pair => said(...pair)).join('; ')}`)),
  h('div', { class: 'field' }, h('label', { for: 'epsilon' }, 'Differential privacy: ε'),
    h('input', { id: 'epsilon', name: 'epsilon', type: 'number', min: 0.001, max: 1000, step: 'any', oninput: redraw }),
    h('small', null, 'Empty: the model proves nothing. With ε it is private, by the method MST; 1 or less is a strong promise.')),
  h('div', { class: 'row end' }, h('button', { type: 'button', onclick: () => close() }, 'Cancel'), h('button', { class: 'primary' }, 'Learn'))));
  if (chosen) {
    const before = (view.models || []).find(model => model.name === chosen.name);
    const { method, epsilon, delta, budget, ...kept } = chosen.again ? choicesOf(before) : {};
    view.fitting.start(file, chosen.name, chosen.epsilon ? { epsilon: chosen.epsilon } : { ...kept, method: chosen.method });
  }
}

async function importFile(view, file, redraw) {
  const name = file.name.replace(/(\.model)?\.json$/, '').replace(/[^A-Za-z0-9._-]+/g, '-');
  try {
    await upload('PUT', `/models/${part(name)}/file`, { file, type: 'application/json' });
    toast(`${name} is imported.`);
    go(`models/${part(name)}`);
  } catch (error) {
    view.error = error;
    redraw();
  }
}
