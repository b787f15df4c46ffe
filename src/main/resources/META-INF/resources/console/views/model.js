// One model: its columns and rules, how good its rows are, samples, and what can be done with it.

import { download, get, may, name as part, remove } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { count, duration, moment } from '../format.js';
import { menu, problem, tabs, waiting } from '../parts/feedback.js';
import { icon } from '../parts/icons.js';
import { reportOf, verdictOf } from '../parts/reports.js';
import { confirm, go, title, toast } from '../shell.js';

const TABS = {
  columns: () => import('./model-columns.js'),
  quality: () => import('./model-quality.js'),
  samples: () => import('./model-samples.js'),
  versions: () => import('./model-versions.js'),
};

export async function show({ root, parts, query, signal }) {
  const view = { name: parts[0], tab: parts[1] || 'columns', model: null, error: null };
  title(view.name);
  const head = root.appendChild(document.createElement('div'));
  const body = root.appendChild(document.createElement('section'));
  const redraw = batched(() => draw(head, page(view, redraw)));
  redraw();
  try {
    view.model = await get(`/models/${part(view.name)}`, {}, signal);
    const tab = await (TABS[view.tab] || TABS.columns)();
    if (!signal.aborted) {
      tab.showTab({ root: body, model: view.model, query, signal, replaced: model => {
        view.model = model;
        redraw();
      } });
    }
  } catch (error) {
    view.error = error.name === 'AbortError' ? null : error;
  }
  redraw();
}

function page(view, redraw) {
  const model = view.model;
  const base = `models/${part(view.name)}`;
  return [h('div', { class: 'head' }, h('div', null, h('a', { class: 'crumb', href: '#/models' }, '← Models'), h('h1', null, view.name),
    model && h('p', { class: 'sub' }, [`${count(model.rows)} rows`, model.method.replace('_', ' '), `version ${model.version}`,
      model.fitMillis > 0 && `learned in ${duration(model.fitMillis / 1000)}`, moment(model.fittedAt)].filter(Boolean).join(' · ')),
    model && (reportOf(model) ? h('p', null, verdictOf(reportOf(model))) : view.tab !== 'quality' && h('p', null, h('a', { href: `#/${base}/quality` }, 'Judge it: compare its rows with real ones')))),
  model && h('div', { class: 'row' },
    may('operate') && h('a', { class: 'button primary', href: `#/new?model=${part(view.name)}` }, 'Stream it'),
    menu('More actions', icon('more'), h('button', { onclick: () => download(`/models/${part(view.name)}/file`, {}, `${view.name}.model.json`) }, 'Export the model'),
      h('button', { onclick: () => download(`/models/${part(view.name)}/file`, { learning: true }, `${view.name}.model.json`) }, 'Export with learning state'),
      may('admin') && h('button', { class: 'danger', onclick: () => destroy(view, redraw) }, 'Delete')))),
  problem(view.error), !model && !view.error && waiting('Asking for the model …'),
  model && tabs('Parts of the model', base, [['', 'Columns'], ['quality', 'Quality'], ['samples', 'Samples'], ['versions', 'Versions']],
    view.tab === 'columns' ? '' : view.tab)];
}

async function destroy(view, redraw, force = false) {
  const detail = force ? `${view.error.message}.` : 'Rows that were drawn from it stay where they are.';
  if (!await confirm(`Delete ${view.name}?`, detail, force ? 'Delete all the same' : 'Delete')) {
    return;
  }
  try {
    await remove(`/models/${part(view.name)}`, force ? { force } : {});
    toast(`${view.name} is deleted.`);
    go('models');
  } catch (error) {
    view.error = error;
    redraw();
    if (error.status === 409 && !force) {
      destroy(view, redraw, true);
    }
  }
}
