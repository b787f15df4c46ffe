// How the versions of a model came about, and how far each moved from the one before.

import { get, may, name as part, upload } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { count, moment, number, percent } from '../format.js';
import { lines } from '../parts/chart.js';
import { problem, waiting } from '../parts/feedback.js';
import { tableType } from '../parts/tables.js';
import { choose } from './models.js';

const CAUSES = { fit: 'learned from a table', partial_fit: 'learned more rows', twin: 'learned by a twin', import: 'imported', declaration: 'declared' };

export function showTab({ root, model, signal, replaced }) {
  const view = { model, versions: null, error: null, busy: '' };
  const redraw = batched(() => draw(root, page(view)));
  const work = async (busy, action) => {
    Object.assign(view, { busy, error: null });
    redraw();
    try {
      await action();
    } catch (error) {
      view.error = error.name === 'AbortError' ? null : error;
    }
    view.busy = '';
    redraw();
  };
  const load = async () => {
    view.versions = await get(`/models/${part(model.name)}/versions`, {}, signal);
  };
  view.dropped = file => work(`Learning the rows of ${file.name} …`, async () => {
    view.model = await upload('POST', `/models/${part(model.name)}/partial-fit`, { file, type: tableType(file), signal });
    replaced(view.model);
    await load();
  });
  work('Asking for the versions …', load);
}

function page(view) {
  return h('div', { class: 'stack wide' }, problem(view.error), view.busy && waiting(view.busy),
    view.versions && [course(view.versions), table(view.versions), columns(view)]);
}

/** The drift of the column that moved furthest, version by version. */
function course(versions) {
  const learned = versions.filter(each => each.drift).reverse();
  return learned.length > 1 && h('div', { class: 'panel' }, lines('Drift of the column that moved furthest', learned.map(each => each.fittedAt),
    learned.map(each => moved(each.drift.furthest)), percent, 0.1));
}

function moved({ distance, missing }) {
  return Math.max(distance, Math.abs(missing));
}

function table(versions) {
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Versions, newest first' }, h('table', { class: 'table data' },
    h('thead', null, h('tr', null, [['Version', 'number'], ['When'], ['How'], ['Rows', 'number'], ['Method'], ['Drift', 'number'], ['Column that moved furthest']]
      .map(([name, kind]) => h('th', { scope: 'col', class: kind }, name)))),
    h('tbody', null, versions.map(each => h('tr', { key: each.version }, h('td', { class: 'number' }, each.version), h('td', null, moment(each.fittedAt)),
      h('td', null, CAUSES[each.cause] || 'not known'), h('td', { class: 'number' }, each.rows === undefined ? '–' : count(each.rows)), h('td', null, each.method.replace('_', ' ')),
      h('td', { class: 'number' }, each.drift ? percent(each.drift.mean) : '–'), h('td', null, each.drift ? furthest(each.drift.furthest) : '–'))))));
}

function furthest(column) {
  return [h('strong', null, column.name), ` by ${percent(moved(column))}`, column.brokenRelation && `; it broke ${column.brokenRelation}`];
}

/** How far each column moved with the newest version. */
function columns(view) {
  const { drift = [], version } = view.model;
  const more = may('operate') && !view.busy && choose(view, 'Learn more rows', '');
  if (!drift.length) {
    return h('div', { class: 'empty' }, h('p', null, 'The newest version did not learn from the one before. Drift appears here when the model learns more rows: from a table, or from a topic by a twin.'), more);
  }
  return h('section', { class: 'stack' }, h('div', { class: 'row spread' }, h('h2', null, `Columns, from version ${version - 1} to ${version}`), more),
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Drift of columns' }, h('table', { class: 'table data' },
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Column'), ['Values moved by', 'Missing more by'].map(name => h('th', { scope: 'col', class: 'number' }, name)), h('th', { scope: 'col' }, 'Relations broken'))),
      h('tbody', null, [...drift].sort((a, b) => moved(b) - moved(a)).map(column => h('tr', { key: column.name }, h('td', null, column.name), h('td', { class: 'number' }, number(column.distance)),
        h('td', { class: 'number' }, number(column.missing)), h('td', null, column.brokenRelation || '–')))))));
}
