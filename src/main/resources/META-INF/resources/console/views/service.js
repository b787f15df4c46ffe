// The service itself: components, version, configuration in force, declarations and where to read on.

import { get, identity } from '../api.js';
import { batched, draw, h } from '../dom.js';
import { bytes, duration } from '../format.js';
import { poll } from '../live.js';
import { componentsOf, health } from '../parts/components.js';
import { problem, waiting } from '../parts/feedback.js';
import { title } from '../shell.js';

export async function show({ root, query, signal }) {
  const view = { health: null, service: null, declarations: [], error: null, search: query.get('q') || '' };
  const redraw = batched(() => draw(root, page(view, redraw)));
  title('Service');
  redraw();
  watch(view, redraw, signal);
  get('/service', {}, signal).then(service => {
    view.service = service;
    redraw();
  }).catch(error => {
    view.error = error.name === 'AbortError' ? null : error;
    redraw();
  });
  get('/declarations', {}, signal).then(list => {
    view.declarations = list;
    redraw();
  }).catch(() => {});
}

/** A service whose components are down answers 503 with the same body. */
function watch(view, redraw, signal) {
  poll('/access', { every: 5000, signal, received: async () => {
    const answer = await health(signal).catch(() => null);
    if (answer && !signal.aborted) {
      view.health = answer;
      redraw();
    }
  } });
}

function page(view, redraw) {
  const checks = new Map((view.health?.checks || []).map(check => [check.name, check]));
  return [h('div', { class: 'head' }, h('div', null, h('h1', null, 'Service'), view.service && h('p', { class: 'sub' },
    [`Freshet ${view.service.version}`, view.service.runtime, `up for ${duration(view.service.uptimeSeconds)}`,
      identity.open ? 'open on this machine' : `${identity.name}: ${identity.role}`].join(' · '))),
  h('div', { class: 'row' }, h('a', { class: 'button', href: '/q/swagger-ui/' }, 'API'), h('a', { class: 'button', href: '/schemas/stream-1.json' }, 'Schema of streams'), h('a', { class: 'button', href: '/schemas/model-2.json' }, 'Schema of models'),
    h('a', { class: 'button', href: '/problems' }, 'Kinds of problems'))),
  problem(view.error), !view.health ? waiting('Asking for the state of the components …') : h('div', { class: 'stack wide' }, components(view.health),
    resources(checks), others([...checks.values()]), declarations(view.declarations), view.service && configuration(view, redraw))];
}

function components(answer) {
  return h('section', null, h('h2', { class: 'hidden' }, 'Components'), h('ul', { class: 'cards' }, componentsOf(answer).map(each =>
    h('li', { key: each.key, class: 'panel' }, h('div', { class: 'row spread' }, h('h3', null, each.name), h('span', { class: `state ${each.class}` }, each.word)),
      each.reason && h('p', { class: 'bad' }, each.reason)))));
}

function resources(checks) {
  const buffers = checks.get('buffers')?.data || {};
  const memory = checks.get('resources')?.data || {};
  return h('section', { class: 'panel' }, h('h2', null, 'Memory and disk'), h('dl', { class: 'figures' },
    memory.heapMaxBytes && h('div', null, h('dt', null, 'Heap'), h('dd', null, bytes(memory.heapUsedBytes), h('small', null, ` of ${bytes(memory.heapMaxBytes)}`))),
    buffers.capacityBytes && h('div', null, h('dt', null, 'Queues and buffers'), h('dd', null, bytes(buffers.usedBytes), h('small', null, ` of ${bytes(buffers.capacityBytes)}`))),
    memory.diskFreeBytes && h('div', null, h('dt', null, 'Disk free'), h('dd', null, bytes(memory.diskFreeBytes)))));
}

function others(checks) {
  const down = checks.filter(check => check.status !== 'UP' && check.name !== 'components');
  return down.length > 0 && h('ul', { class: 'list' }, down.map(check => h('li', { class: 'notice' }, h('strong', null, check.name),
    h('span', null, Object.entries(check.data || {}).map(([name, value]) => `${name}: ${value}`).join(', ')))));
}

function declarations(list) {
  return list.length > 0 && h('section', { class: 'panel' }, h('h2', null, 'Declared in files'), h('ul', { class: 'list' }, list.map(each => h('li', { key: each.file },
    h('span', { class: each.error ? 'bad' : '' }, Object.values(each).filter(value => typeof value === 'string').join(' · '))))));
}

function configuration(view, redraw) {
  const settings = view.service.settings.filter(setting => `${setting.name} ${setting.value}`.toLowerCase().includes(view.search.toLowerCase()));
  return h('section', { class: 'stack' }, h('div', { class: 'row spread' }, h('h2', null, 'Configuration in force'),
    h('input', { type: 'search', 'aria-label': 'Find settings', placeholder: 'Find  /', value: view.search, oninput: event => {
      view.search = event.target.value;
      redraw();
    } })), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Settings' }, h('table', { class: 'table data' },
    h('thead', null, h('tr', null, ['Setting', 'Value', 'From'].map(column => h('th', { scope: 'col' }, column)))),
    h('tbody', null, settings.map(setting => h('tr', { key: setting.name }, h('td', null, h('code', null, setting.name)), h('td', { title: setting.value }, h('code', null, setting.value)), h('td', { class: 'quiet' }, setting.source)))))));
}
