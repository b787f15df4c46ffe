// Synthetic beside real: what a comparison with real rows says, the verdict first.

import { name as part, upload } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { bytes, count, plural } from '../format.js';
import { compared } from '../parts/chart.js';
import { problem } from '../parts/feedback.js';
import { keepReport, reportOf, verdictOf } from '../parts/reports.js';
import { dropTarget, fileOf, tableType } from '../parts/tables.js';
import { choose } from './models.js';

const AT_ONCE = 20_000_000;

export function showTab({ root, model, signal }) {
  const view = { model, report: reportOf(model), file: fileOf(model.name), running: null, error: null };
  const redraw = batched(() => draw(root, page(view, actions)));
  const actions = { redraw, evaluate: (file, learned) => evaluate(view, file, learned, signal, redraw) };
  view.dropped = file => actions.evaluate(file, false);
  dropTarget(document.getElementById('main'), signal, view.dropped);
  if (!view.report && view.file && view.file.size < AT_ONCE) {
    actions.evaluate(view.file, true);
  }
  redraw();
}

async function evaluate(view, file, learned, signal, redraw) {
  const controller = new AbortController();
  signal.addEventListener('abort', () => controller.abort(), { once: true });
  view.running = { file, cancel: () => controller.abort() };
  view.error = null;
  redraw();
  try {
    const report = await upload('POST', `/models/${part(view.model.name)}/evaluate`, { file, type: tableType(file), signal: controller.signal });
    view.report = { ...report, against: file.name, learned };
    keepReport(view.model, view.report);
  } catch (error) {
    view.error = error.name === 'AbortError' ? null : error;
  }
  view.running = null;
  redraw();
}

function page(view, actions) {
  return [h('div', { class: 'stack wide' }, problem(view.error), view.running && h('div', { class: 'panel', role: 'status' }, h('div', { class: 'row spread' },
    `Comparing with ${view.running.file.name} (${bytes(view.running.file.size)}) …`, h('button', { onclick: view.running.cancel }, 'Cancel')), h('progress', { 'aria-label': 'Comparing' })),
  view.report ? report(view, actions) : !view.running && start(view, actions))];
}

function start(view, actions) {
  return h('div', { class: 'empty' }, h('p', null, 'To judge the model, compare its rows with real ones. Best are rows that it has not seen.'),
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
      found.privacy?.newRowSynthesis !== null && h('div', null, h('dt', null, 'New rows'), h('dd', null, hundred(found.privacy.newRowSynthesis))),
      found.detection?.auc >= 0 && h('div', null, h('dt', null, 'Told apart by a classifier'), h('dd', null, hundred(found.detection.auc), h('small', null, ' of 100; 50 is chance'))),
    found.usefulness?.synthetic >= 0 && h('div', null, h('dt', null, `Useful to predict ${found.usefulness.target}`), h('dd', null, hundred(found.usefulness.synthetic), h('small', null, ` real: ${hundred(found.usefulness.real)}`)))),
    remarks(found.verdict),
    h('div', { class: 'row' }, choose(view, 'Compare with other rows', '', undefined, file => actions.evaluate(file, false)))),
  h('section', null, h('div', { class: 'row spread' }, h('h2', null, 'Columns, those furthest from the real ones first'),
    h('span', { class: 'quiet' }, h('span', { class: 'key real' }), 'real  ', h('span', { class: 'key made' }), 'synthetic')),
  h('ul', { class: 'cards space' }, columns.map(column => h('li', { key: column.name, class: 'panel' }, h('h3', null, column.name),
    column.distribution?.length > 0 && [compared(column.distribution, `Real and synthetic distribution of ${column.name}`),
      h('div', { class: 'axis' }, h('span', null, column.distribution[0].label), column.distribution.length > 1 && h('span', null, column.distribution[column.distribution.length - 1].label))],
    h('div', { class: 'quiet' }, column.score === null ? 'not compared' : `${hundred(column.score)} of ${hundred(column.ceiling)} possible`))))),
  pairs.length > 0 && h('section', { class: 'stack' }, h('h2', null, 'Pairs that differ most'), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Pairs that differ most' },
    h('table', { class: 'table data' }, h('thead', null, h('tr', null, [['First'], ['Second'], ['Score', 'number'], ['Possible', 'number']].map(([name, kind]) => h('th', { scope: 'col', class: kind }, name)))),
      h('tbody', null, pairs.map(pair => h('tr', null, h('td', null, pair.first), h('td', null, pair.second), h('td', { class: 'number' }, hundred(pair.score)), h('td', { class: 'number' }, hundred(pair.ceiling))))))))];
}

/** What would be noticed, each with what to do about it, then what is good. */
function remarks(verdict) {
  return verdict?.summary && [verdict.noticed?.length > 0 && [h('h3', null, `${plural(verdict.noticed.length, 'thing')} would be noticed`),
    h('ul', { class: 'plain-list' }, verdict.noticed.map(remark => h('li', null, remark.text, ' ', h('span', { class: 'quiet' }, remark.advice))))],
  verdict.good?.length > 0 && h('details', null, h('summary', null, 'What is good'), h('ul', { class: 'plain-list' }, verdict.good.map(text => h('li', null, text))))];
}

function figure(name, { score, ceiling }) {
  return score !== null && h('div', null, h('dt', null, name), h('dd', null, hundred(score), h('small', null, ` of ${hundred(ceiling)} possible`)));
}

function hundred(share) {
  return share === null || share === undefined ? '–' : (share * 100).toFixed(1);
}
