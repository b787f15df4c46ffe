// The column that matters to the user: how well it can be predicted from drawn rows, and how often its rare values are drawn.

import { h } from '../dom.js';
import { count, percent } from '../format.js';

const STORED = 'freshet.target ';
const NOT_PREDICTED = /^(identifier|text|json|constant|missing)$/;
const RARE = 0.1;
const MANY = 8;

export function targetOf(model) {
  const name = sessionStorage.getItem(STORED + model.name) ?? learnedFor(model);
  return predictable(model).includes(name) ? name : '';
}

export function keepTarget(model, name) {
  sessionStorage.setItem(STORED + model.name, name);
}

/** The column that mattered when the model was learned. */
function learnedFor(model) {
  return model.requested?.target?.[0] || '';
}

function predictable(model) {
  return model.columns.filter(column => !NOT_PREDICTED.test(column.type)).map(column => column.name);
}

/** Columns of two values of which one is rare: such as fraud, of which few rows are yes. */
function rareFlags(model) {
  return model.columns.flatMap(column => {
    const shares = Object.entries(column.shares || {});
    const least = shares.reduce((best, each) => each[1] < best[1] ? each : best, ['', 1]);
    return shares.length === 2 && least[1] < RARE ? [`${column.name} (${percent(least[1])} ${least[0]})`] : [];
  });
}

/** Asks for the column; `chosen` receives its name, or an empty text. `again` learns the table with a parameter and its value. */
export function targetChoice(model, target, chosen, again) {
  const flags = rareFlags(model);
  return predictable(model).length > 1 && h('div', { class: 'field' }, h('label', { for: 'target' }, 'What matters to you'),
    h('select', { id: 'target', onchange: event => chosen(event.target.value) }, h('option', { value: '', selected: !target }, 'All columns alike'),
      predictable(model).map(name => h('option', { key: name, value: name, selected: name === target }, name))),
    h('small', null, 'A column to predict: the comparison says how useful drawn rows are for it.',
      flags.length > 0 && ` Rare values count little otherwise: ${flags.slice(0, 3).join(', ')}.`),
    again && target && target !== learnedFor(model) && h('div', { class: 'row' },
      h('button', { onclick: () => again('target', target) }, `Learn again for ${target}`),
      h('small', null, 'What the other columns show about each of its values is then kept, however rare.')));
}

/** What the comparison says about the column. */
export function targetReport({ usefulness, columns }) {
  if (!usefulness) {
    return null;
  }
  const { target, metric, synthetic, real, rare, judged } = usefulness;
  const bars = columns.find(column => column.name === target)?.distribution || [];
  return h('section', { class: 'panel stack', 'aria-label': `Usefulness for ${target}` }, h('h2', null, `Useful to predict ${target}?`),
    judged === false ? h('p', { class: 'warn' }, `Not judged: only ${rare.tested} of the real rows that would test it have another value than the most frequent one. Compare with more rows of them.`)
      : h('p', null, `Trees that learn from drawn rows reach ${written(synthetic, metric)} on real rows; trees that learn from real rows reach ${written(real, metric)}. `,
        synthetic >= real - 0.005 ? 'Drawn rows are as good as real ones.' : ''),
    rare && h('p', { class: 'quiet' }, `${count(rare.synthetic)} of the ${count(usefulness.rows)} drawn rows that were learned from have another value than the most frequent one, ${count(rare.real)} of as many real rows.`),
    bars.length > 0 && bars.length <= MANY && h('ul', { class: 'plain-list' }, bars.map(bar => h('li', { key: bar.label }, h('strong', null, bar.label), `: ${share(bar.real)} of real rows, ${share(bar.synthetic)} of drawn ones`))));
}

function share(value) {
  return value > 0 && value < 0.1 ? `${(value * 100).toPrecision(2)} %` : percent(value);
}

function written(score, metric) {
  return score === null ? 'no score' : metric === 'AUC' ? `${(score * 100).toFixed(1)} of 100 (50 is chance)` : `${(score * 100).toFixed(1)} % of the variation`;
}
