// A slice through the voxels of a stream as a heat map.

import { name as part } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { number } from '../format.js';
import { poll } from '../live.js';
import { empty, problem } from '../parts/feedback.js';

const MOST = 5000;

export function showTab({ root, name, signal }) {
  const view = { grid: null, error: null, layer: null, signal: null };
  const redraw = batched(() => draw(root, page(view, redraw)));
  poll(`/streams/${part(name)}/voxels`, { query: { count: MOST }, every: 2000, signal, received: grid => {
    Object.assign(view, { grid, error: null });
    redraw();
  }, failed: error => {
    view.error = error;
    redraw();
  } });
}

function page(view, redraw) {
  const voxels = view.grid?.voxels || [];
  if (view.error || !voxels.length) {
    return view.error ? problem(view.error) : empty('No voxel holds a record yet.');
  }
  const signals = [...new Set(voxels.flatMap(([, , , values]) => Object.keys(values)))];
  const chosen = view.signal || signals[0];
  const layers = [...new Set(voxels.map(([, , z]) => z))].sort((one, other) => one - other);
  const layer = view.layer ?? layers[0];
  const slice = voxels.filter(([, , z, values]) => z === layer && values[chosen]).map(([x, y, , values]) => ({ x, y, value: values[chosen] }));
  return [h('div', { class: 'row' }, h('label', { class: 'row' }, 'Signal', h('select', { onchange: event => {
    view.signal = event.target.value;
    redraw();
  } }, signals.map(each => h('option', { selected: each === chosen }, each)))), h('label', { class: 'row' }, 'Layer', h('select', { onchange: event => {
    view.layer = Number(event.target.value);
    redraw();
  } }, layers.map(each => h('option', { selected: each === layer, value: each }, `z = ${each}`)))), legend(slice)), heat(slice, chosen)];
}

function legend(slice) {
  const means = slice.map(cell => cell.value.mean);
  return means.length > 0 && h('span', { class: 'row quiet' }, `Mean ${number(Math.min(...means))}`, h('span', { class: 'scale', 'aria-hidden': 'true' }), number(Math.max(...means)));
}

function heat(slice, name) {
  const xs = slice.map(cell => cell.x);
  const ys = slice.map(cell => cell.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const means = slice.map(cell => cell.value.mean);
  const least = Math.min(...means);
  const span = Math.max(...means) - least || 1;
  if (!slice.length) {
    return h('p', { class: 'quiet space' }, 'This layer holds no value of the signal.');
  }
  return h('svg', { class: 'heat', viewBox: `${left - 0.5} ${top - 0.5} ${right - left + 2} ${bottom - top + 2}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `Mean of ${name}: ${number(least)} to ${number(least + span)} in ${slice.length} cells` },
    slice.map(cell => h('rect', { key: `${cell.x} ${cell.y}`, x: cell.x, y: cell.y, width: 0.96, height: 0.96, 'fill-opacity': 0.15 + 0.85 * (cell.value.mean - least) / span },
      h('title', null, `${cell.x}, ${cell.y}: mean ${number(cell.value.mean)} of ${cell.value.count}`))));
}
