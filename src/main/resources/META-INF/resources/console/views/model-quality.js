// Synthetic beside real: what a comparison with real rows says, the verdict first.

import { name as part, upload } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { bytes, count } from '../format.js';
import { remarks } from '../parts/advice.js';
import { compared } from '../parts/chart.js';
import { choicesOf, said, withChoice } from '../parts/choices.js';
import { problem } from '../parts/feedback.js';
import { Fitting } from '../parts/fitting.js';
import { keepReport, reportOf, verdictOf } from '../parts/reports.js';
import { dropTarget, fileOf, tableType } from '../parts/tables.js';
import { keepTarget, targetChoice, targetOf, targetReport } from '../parts/target.js';
import { choose } from './models.js';

const AT_ONCE = 20_000_000;
/** Scores closer to their ceiling than this are written alike. */
const SAME = 0.0005;

export function showTab({ root, model, signal, replaced }) {
  const file = fileOf(model.name);
  const view = { model, report: reportOf(model), file, compared: file && { file, learned: true }, target: targetOf(model), running: null, wish: null, error: null };
  const redraw = batched(() => draw(root, page(view, actions)));
  const actions = { redraw, evaluate: (rows, learned) => evaluate(view, rows, learned, signal, redraw),
    target: name => {
      keepTarget(view.model, name);
      view.target = name;
      if ((view.report || view.running) && view.compared) actions.evaluate(view.compared.file, view.compared.learned);
      redraw();
    },
    again: (parameter, value) => {
      view.wish = { parameter, value };
      if (view.file) actions.refit(view.file);
      redraw();
    },
    refit: table => {
      const choices = withChoice(choicesOf(view.model), view.wish.parameter, view.wish.value);
      view.wish = null;
      view.fitting.start(table, view.model.name, choices);
    } };
  view.fitting = new Fitting(redraw, fitted => {
    Object.assign(view, { model: fitted, report: null, file: fileOf(fitted.name) });
    replaced(fitted);
    const rows = view.compared || { file: view.file, learned: true };
    actions.evaluate(rows.file, rows.learned);
  });
  view.dropped = rows => actions.evaluate(rows, false);
  dropTarget(document.getElementById('main'), signal, view.dropped);
  if (!view.report && view.file && view.file.size < AT_ONCE) {
    actions.evaluate(view.file, true);
  }
  redraw();
}

async function evaluate(view, file, learned, signal, redraw) {
  const controller = new AbortController();
  signal.addEventListener('abort', () => controller.abort(), { once: true });
  view.running?.cancel();
  const run = { file, cancel: () => controller.abort() };
  Object.assign(view, { running: run, compared: { file, learned }, error: null });
  redraw();
  try {
    const report = await upload('POST', `/models/${part(view.model.name)}/evaluate`, { query: { target: view.target }, file, type: tableType(file), signal: controller.signal });
    view.report = { ...report, against: file.name, learned };
    keepReport(view.model, view.report);
  } catch (error) {
    view.error = error.name === 'AbortError' ? view.error : error;
  }
  if (view.running === run) {
    view.running = null;
  }
  redraw();
}

function page(view, actions) {
  return [h('div', { class: 'stack wide' }, problem(view.error), view.fitting.show(), wish(view, actions), view.running && h('div', { class: 'panel', role: 'status' }, h('div', { class: 'row spread' },
    `Comparing with ${view.running.file.name} (${bytes(view.running.file.size)}) …`, h('button', { onclick: view.running.cancel }, 'Cancel')), h('progress', { 'aria-label': 'Comparing' })),
  view.report ? report(view, actions) : !view.running && !view.fitting.running && start(view, actions))];
}

/** The table is needed to learn it again; browsers do not keep it over a reload. */
function wish(view, actions) {
  return view.wish && h('div', { class: 'notice info', role: 'status' }, h('span', null, `Learn again: ${said(view.wish.parameter, view.wish.value)}. The choices of the last time are kept.`),
    h('div', { class: 'row' }, choose(view, 'Choose the table again', 'primary', undefined, actions.refit), h('button', { onclick: () => {
      view.wish = null;
      actions.redraw();
    } }, 'Discard')));
}

function start(view, actions) {
  return h('div', { class: 'empty' }, h('p', null, 'To judge the model, compare its rows with real ones. Best are rows that it has not seen.'),
    targetChoice(view.model, view.target, actions.target),
    h('div', { class: 'row' }, view.file && h('button', { class: 'primary', onclick: () => actions.evaluate(view.file, true) }, `Compare with ${view.file.name}`),
      choose(view, 'Choose real rows', view.file ? '' : 'primary', undefined, file => actions.evaluate(file, false))));
}

function report(view, actions) {
  const { report: found } = view;
  const columns = [...found.columns].sort((a, b) => (b.ceiling - b.score) - (a.ceiling - a.score));
  const pairs = found.pairs.filter(pair => pair.score !== null).sort((a, b) => (b.ceiling - b.score) - (a.ceiling - a.score)).slice(0, 15);
  return [h('section', { class: 'panel stack verdict' }, h('h2', null, `${verdictOf(found)}.`),
    h('p', { class: 'quiet' }, found.verdict.summary),
    h('p', null, `${count(found.syntheticRows)} drawn rows against ${count(found.realRows)} of ${found.against}`,
      found.learned ? ', which the model was fitted to. Rows that it has not seen give a stricter answer.' : '.'),
    h('dl', { class: 'figures' }, figure('Overall', found.overallQuality), figure('Columns', found.columnShapes), figure('Pairs of columns', found.columnPairTrends),
      found.privacy?.newRowSynthesis >= 0 && h('div', { title: 'The share of drawn rows that are not among the real rows' }, h('dt', null, 'New rows'), h('dd', null, hundred(found.privacy.newRowSynthesis), h('small', null, ' % of the drawn rows are not among the real ones'))),
      found.detection?.auc >= 0 && h('div', null, h('dt', null, 'Told apart by a classifier'), h('dd', null, hundred(found.detection.auc), h('small', null, ' of 100; 50 is chance')))),
    remarks(found.verdict, actions.again),
    targetChoice(view.model, view.target, actions.target, actions.again),
    view.target !== (found.usefulness?.target || '') && !view.running && h('p', { class: 'quiet' }, view.compared ? '' : 'Choose the real rows again to compare with this column in view.'),
    h('div', { class: 'row' }, choose(view, 'Compare with other rows', '', undefined, file => actions.evaluate(file, false)))),
  targetReport(found),
  h('section', null, h('div', { class: 'row spread' }, h('h2', null, 'Columns, those furthest from the real ones first'),
    h('span', { class: 'quiet' }, h('span', { class: 'key real' }), 'real  ', h('span', { class: 'key made' }), 'synthetic')),
  h('ul', { class: 'cards space' }, columns.map(column => h('li', { key: column.name, class: 'panel' }, h('h3', null, column.name),
    column.distribution?.length > 0 && [compared(column.distribution, `Real and synthetic distribution of ${column.name}`),
      h('div', { class: 'axis' }, h('span', null, column.distribution[0].label), column.distribution.length > 1 && h('span', null, column.distribution[column.distribution.length - 1].label))],
    h('div', { class: 'quiet' }, column.score === null ? 'not compared' : `${reached(column)}${possible(column)}`))))),
  pairs.length > 0 && h('section', { class: 'stack' }, h('h2', null, 'Pairs that differ most'), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Pairs that differ most' },
    h('table', { class: 'table data' }, h('thead', null, h('tr', null, [['First'], ['Second'], ['Score', 'number'], ['Possible', 'number']].map(([name, kind]) => h('th', { scope: 'col', class: kind }, name)))),
      h('tbody', null, pairs.map(pair => h('tr', null, h('td', null, pair.first), h('td', null, pair.second), h('td', { class: 'number' }, reached(pair)), h('td', { class: 'number' }, hundred(pair.ceiling))))))))];
}

function figure(name, scores) {
  return scores.score !== null && h('div', { title: 'Of 100; what is possible is what other real rows reach' }, h('dt', null, name), h('dd', null, reached(scores), h('small', null, possible(scores))));
}

/** By chance, drawn rows can be closer to the real ones than other real rows are: that is no more than as good. */
function reached({ score, ceiling }) {
  return hundred(ceiling === null ? score : Math.min(score, ceiling));
}

function possible({ score, ceiling }) {
  return ceiling === null ? '' : ` of ${hundred(ceiling)} possible${score >= ceiling - SAME ? ': as good as real rows' : ''}`;
}

function hundred(share) {
  return share === null || share === undefined ? '–' : (share * 100).toFixed(1);
}
