// How good models are, as far as they were compared with real rows in this visit.

const reports = new Map();

function id(model) {
  return `${model.name} ${model.version} ${model.fittedAt}`;
}

export function reportOf(model) {
  return reports.get(id(model));
}

export function keepReport(model, report) {
  reports.set(id(model), report);
}

const WORDS = [[0.55, 'can hardly be told from real ones'], [0.65, 'are sometimes told from real ones'], [0.8, 'are often told from real ones'],
  [1, 'are nearly always told from real ones']];

/** How real rows look, in words: by how often a classifier is right about which are drawn. */
export function verdictOf({ detection, verdict }) {
  const auc = detection?.auc;
  return auc >= 0 ? `Its rows ${WORDS.find(([most]) => auc <= most)[1]}` : verdict.summary;
}
