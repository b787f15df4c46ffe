// What a try came to: the records of the source, and what each stage and sink made of them.

import { h } from '../dom.js';
import { cell, count, plural } from '../format.js';

const COLUMNS = 40;
const OUTCOMES = { dropped: 'dropped', dead_lettered: 'dead letter', stopped: 'stops the stream', absorbed: 'kept for a result', diverted: 'to its sinks', emitted: 'passed on' };

export function trial(run, named) {
  return h('section', { class: 'stack trial', 'aria-label': `Try of ${run.name}` }, named && h('h2', null, run.name), run.note && h('p', { class: 'notice info' }, run.note),
    step('Source', run.read > run.source.length ? `${count(run.read)} records read, the first ${run.source.length} shown` : plural(run.source.length, 'record'), run.source.map(record => ({ record })), null),
    run.stages.map((stage, index) => step(stage.name.startsWith(stage.kind) ? stage.kind : `${stage.name} (${stage.kind})`, `${stage.in} in, ${stage.out} out`, stage.records,
      index === 0 ? run.source : run.stages[index - 1].records.map(each => each.record))),
    h('div', { class: 'panel' }, h('h2', null, 'Would go to'), h('ul', { class: 'plain-list' }, run.sinks.map(sink => h('li', { key: sink.name }, h('strong', null, sink.name), `: ${plural(sink.records.length, 'record')}`)))));
}

function step(name, summary, records, before) {
  const all = [...new Set(records.flatMap(each => Object.keys(each.record)))].filter(column => !column.startsWith('_'));
  const columns = all.slice(0, COLUMNS);
  const known = new Set(before?.flatMap(record => Object.keys(record)) || columns);
  const gone = before ? [...new Set(before.flatMap(record => Object.keys(record)))].filter(column => !records.some(each => column in each.record)) : [];
  return h('details', { class: 'panel', open: true }, h('summary', null, h('strong', null, name), ' ', h('span', { class: 'quiet' }, summary)),
    gone.length > 0 && records.length > 0 && h('p', { class: 'quiet' }, `Removed: ${gone.join(', ')}`),
    all.length > COLUMNS && h('p', { class: 'quiet' }, `The first ${COLUMNS} of ${all.length} fields`),
    records.length > 0 && h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': name }, h('table', { class: 'table data' },
      h('thead', null, h('tr', null, before && h('th', { scope: 'col' }, 'Outcome'), columns.map(column => h('th', { scope: 'col', class: known.has(column) ? '' : 'fresh' }, column)))),
      h('tbody', null, records.map(each => h('tr', { class: each.outcome && each.outcome !== 'emitted' && each.outcome !== 'diverted' ? 'left' : '' },
        before && h('td', { title: each.reason || '' }, OUTCOMES[each.outcome], each.sinks && ` ${each.sinks.join(', ')}`, each.reason && h('span', { class: 'bad' }, ` ${each.reason}`)),
        columns.map(column => h('td', { class: typeof each.record[column] === 'number' ? 'number' : '' }, cell(each.record[column])))))))));
}
