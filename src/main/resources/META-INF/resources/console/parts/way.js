// A stream as its way: source, pace, stages and sinks, with the rates between them.

import { h } from '../dom.js';
import { count, duration, percent, rate } from '../format.js';
import { meter } from './chart.js';
import { paceOf, sinksOf, sourceOf, stagesOf } from './definitions.js';

const LOOKS = 6;
const SHORTEST = 1800;

/** How fast totals grow, over the last few looks at the statistics. */
export class Rates {
  constructor() {
    this.looks = [];
  }

  /** Takes the statistics of a moment in milliseconds. */
  look(statistics, now = performance.now()) {
    const totals = new Map([['in', statistics.totalSamples + statistics.inFlight]]);
    statistics.stages.forEach((stage, index) => {
      totals.set(`stage ${index} in`, stage.in);
      totals.set(`stage ${index} out`, stage.out);
    });
    statistics.sinks.forEach(sink => totals.set(`sink ${sink.name}`, sink.delivered));
    this.looks.push({ totals, now });
    if (this.looks.length > LOOKS) {
      this.looks.shift();
    }
  }

  /** Records a second; undefined before the second look. */
  of(name) {
    const first = this.looks[0];
    const last = this.looks[this.looks.length - 1];
    return this.looks.length > 1 && last.now - first.now > SHORTEST ? Math.max(0, last.totals.get(name) - first.totals.get(name)) / (last.now - first.now) * 1000 : undefined;
  }
}

export function picture(stream, rates) {
  const statistics = stream.statistics;
  const source = sourceOf(stream.definition);
  const active = stream.state === 'running' || stream.state === 'failing';
  const flow = name => statistics && active ? rates.of(name) : undefined;
  const stages = stagesOf(stream.definition);
  const figures = statistics?.stages || [];
  const last = figures.length ? flow(`stage ${figures.length - 1} out`) : flow('in');
  return h('section', { class: 'way', 'aria-label': 'The way of the records' }, h('ol', null,
    h('li', { class: statistics?.source.lastError ? 'bad' : '' }, box('Source', source.kind, source.detail,
      sourceFacts(statistics), statistics?.source.lastError || statistics?.source.warning)),
    h('li', null, arrow(flow('in')), box('Pace', paceOf(stream.definition), limits(stream.definition))),
    stages.map((stage, index) => h('li', { key: `stage${index}`, class: figures[index]?.failed ? 'warn' : '' },
      arrow(figures[index] && flow(`stage ${index} in`)), box('Stage', stage.name, stage.kind === stage.name ? '' : stage.kind,
        stageFacts(figures[index]), figures[index]?.lastError))),
    h('li', { class: 'sinks' }, arrow(last), h('ul', null, sinksOf(stream.definition).map(sink => {
      const figure = statistics?.sinks.find(each => each.name === sink.name);
      return h('li', { key: sink.name, class: figure?.failing ? 'bad' : figure?.lastError ? 'warn' : '' }, box('Sink', sink.kind, sink.detail,
        sinkFacts(figure, flow(`sink ${sink.name}`)), figure?.lastError, figure));
    })))));
}

function arrow(perSecond) {
  return h('span', { class: 'arrow' }, h('span', null, perSecond === undefined ? '' : rate(perSecond)));
}

function box(role, name, detail, facts = [], trouble, sink) {
  return h('div', { class: 'box' }, h('span', { class: 'role' }, role), h('strong', null, name), detail && h('span', { class: 'detail' }, detail),
    facts.some(Boolean) && h('span', { class: 'fact' }, facts.filter(Boolean).join(' · ')),
    sink && sink.queue.records > 0 && h('span', { class: 'fact queue' }, `queue ${percent(sink.queue.utilisation)}`,
      meter(sink.queue.utilisation, 'Queue', sink.queue.utilisation > 0.8)),
    trouble && h('span', { class: 'trouble' }, trouble));
}

function limits(definition) {
  const pace = definition?.pace || {};
  const records = pace.maxRecords ?? pace.max_records;
  return [records && `up to ${count(records)}`, pace.duration && `for ${pace.duration}`].filter(Boolean).join(', ');
}

function sourceFacts(statistics) {
  const source = statistics?.source;
  return source ? [source.topic && `lag ${count(source.topic.lag)}`, source.modelVersion && `version ${source.modelVersion}`] : [];
}

function stageFacts(stage) {
  return stage ? [stage.dropped > 0 && `${count(stage.dropped)} dropped`, stage.deadLettered > 0 && `${count(stage.deadLettered)} rejected`, stage.failed > stage.deadLettered && `${count(stage.failed - stage.deadLettered)} failed`,
    stage.in > 0 && stage.dropped === 0 && stage.failed === 0 && `${count(stage.out)} passed`] : [];
}

function sinkFacts(sink, perSecond) {
  return sink ? [perSecond !== undefined && rate(perSecond), `${count(sink.delivered)} delivered`,
    sink.latencySeconds > 0 && `${duration(sink.latencySeconds)} latency`,
    sink.breaker !== 'closed' && `breaker ${sink.breaker.replace('_', ' ')}`,
    sink.deadLettered + sink.dropped + sink.failed > 0 && `${count(sink.deadLettered + sink.dropped + sink.failed)} lost`,
    sink.deadLettered > 0 && `${count(sink.deadLettered)} of them dead letters`] : [];
}
