// Whether a stream is healthy, and what is wrong.

import { name as part } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { poll } from '../live.js';
import { problem, state } from '../parts/feedback.js';
import { alertLine } from './alerts.js';

export function showTab({ root, name, signal }) {
  const view = { health: null, error: null };
  const redraw = batched(() => draw(root, page(view)));
  poll(`/streams/${part(name)}/health`, { every: 2000, signal, received: health => {
    Object.assign(view, { health, error: null });
    redraw();
  }, failed: error => {
    view.error = error;
    redraw();
  } });
}

function page({ health, error }) {
  return [problem(error), health && h('div', { class: 'stack' },
    h('p', null, state(health.status === 'healthy' ? 'running' : 'degraded'), ' ', health.alerts.length ? '' : 'Nothing is wrong.'),
    h('ul', { class: 'list' }, health.alerts.map(alert => h('li', { key: alert.name + alert.sink }, alertLine(alert)))))];
}
