// What a fit was asked for, and what the next one is to be asked for: query parameters by name.

const LISTS = ['constraint', 'relation', '-relation'];

export const METHODS = [['auto', 'Automatic: the better of trees and copula'], ['trees', 'Trees'], ['gaussian_copula', 'Gaussian copula'],
  ['ctgan', 'CTGAN: trains for minutes'], ['independent', 'Independent columns']];

export const TYPES = ['integer', 'decimal', 'floating', 'boolean', 'categorical', 'datetime', 'identifier', 'text'];

/** The choices of the last fit of a model: texts, and lists of the parameters that may be given several times. */
export function choicesOf(model) {
  return Object.fromEntries(Object.entries(model?.requested || {}).map(([name, values]) => [name, LISTS.includes(name) ? [...values] : values[0]]));
}

/** The choices with one more. */
export function withChoice(choices, name, value) {
  const list = LISTS.includes(name);
  return { ...choices, [name]: list ? [...new Set([...choices[name] || [], value])] : value };
}

/** The choices without a value of a parameter; without the parameter if it has no other. */
export function withoutChoice(choices, name, value) {
  const { [name]: old, ...rest } = choices;
  const left = Array.isArray(old) ? old.filter(each => each !== value) : [];
  return left.length ? { ...rest, [name]: left } : rest;
}

/** The choices as pairs of a parameter and one value. */
export function pairs(choices) {
  return Object.entries(choices).flatMap(([name, value]) => [value].flat().map(each => [name, each]));
}

/** What differs, as sentences. */
export function changes(before, after) {
  const has = (choices, [name, value]) => [choices[name]].flat().includes(value);
  return [...pairs(after).filter(pair => !has(before, pair)).map(pair => said(...pair)),
    ...pairs(before).filter(pair => !has(after, pair) && !(pair[0] in after && !LISTS.includes(pair[0]))).map(pair => `no longer: ${said(...pair)}`)];
}

/** A choice in words. */
export function said(name, value) {
  const [family, column] = [name.split('.')[0], name.slice(name.indexOf('.') + 1)];
  const words = { type: `${column} is ${value}`, format: `${column} has the dates ${value}`, meaning: `${column} means ${value}`,
    range: `${column} is in ${value}`, categories: `${column} has the values ${value}` };
  if (name.includes('.') && family in words) {
    return words[family];
  }
  return { '-relation': `without ${value}`, relation: `with ${value}`, constraint: `in every row: ${value}`, method: `method ${value.replace('_', ' ')}`,
    missing: `these texts mean that a value is missing: ${value || 'none'}`, strata: `strata: ${value}`, relations: `relations: ${value}`,
    target: `${value} matters most`, epsilon: `differential privacy with ε = ${value}` }[name] || `${name} = ${value}`;
}
