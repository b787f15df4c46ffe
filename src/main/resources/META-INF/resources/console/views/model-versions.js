// How far each column moved when the model learned more rows.

import { draw, h } from '../dom.js';
import { number } from '../format.js';
import { empty } from '../parts/feedback.js';

export function showTab({ root, model }) {
  const drift = model.drift || [];
  if (!drift.length) {
    draw(root, empty(`This is version ${model.version}, learned from a table at once. Drift appears here when the model learns more rows (partial fit, or a twin of a topic).`));
    return;
  }
  const figures = Object.keys(drift[0]).filter(name => typeof drift[0][name] === 'number');
  draw(root, h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Drift of columns' }, h('table', { class: 'table data' },
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Column'), figures.map(name => h('th', { scope: 'col', class: 'number' }, name)))),
    h('tbody', null, drift.map(column => h('tr', null, h('td', null, column.name ?? column.column), figures.map(name => h('td', { class: 'number' }, number(column[name]))))))) ));
}
