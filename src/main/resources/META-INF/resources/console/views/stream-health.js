// Whether a stream is healthy, and what is wrong: the same alerts that its head is about.

import { batched, draw, h } from '../dom.js';
import { state } from '../parts/feedback.js';
import { troubled } from '../parts/trouble.js';
import { alertLine } from './alerts.js';

export function showTab({ root, stream, changed }) {
  const view = { stream };
  const redraw = batched(() => draw(root, page(view.stream)));
  changed(next => {
    view.stream = next;
    redraw();
  });
  redraw();
}

function page(stream) {
  const alerts = stream.alerts || [];
  const { word, trouble } = troubled(stream, alerts);
  return [h('div', { class: 'stack' },
    h('p', null, state(word), ' ', alerts.length ? '' : trouble || 'Nothing is wrong.'),
    h('ul', { class: 'list' }, alerts.map(alert => h('li', { key: alert.name + alert.sink }, alertLine(alert)))))];
}
