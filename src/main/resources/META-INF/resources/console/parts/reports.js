// How good models are, as far as they were compared with real rows: in this page, and in the tab's storage over a reload.

const STORED = 'freshet.report ';
const KEPT = 8;
const reports = new Map();

function id(model) {
  return `${model.name} ${model.version} ${model.fittedAt}`;
}

export function reportOf(model) {
  if (!reports.has(id(model))) {
    const text = sessionStorage.getItem(STORED + id(model));
    if (text) {
      reports.set(id(model), JSON.parse(text));
    }
  }
  return reports.get(id(model));
}

export function keepReport(model, report) {
  reports.set(id(model), report);
  try {
    const others = Object.keys(sessionStorage).filter(key => key.startsWith(STORED) && key !== STORED + id(model));
    others.slice(0, Math.max(0, others.length - KEPT + 1)).forEach(key => sessionStorage.removeItem(key));
    sessionStorage.setItem(STORED + id(model), JSON.stringify(report));
  } catch {
    // the storage is full; the report lasts as long as the page
  }
}

const WORDS = [[0.55, 'can hardly be told from real ones'], [0.65, 'are sometimes told from real ones'], [0.8, 'are often told from real ones'],
  [1, 'are nearly always told from real ones']];

/** How real rows look, in words: by how often a classifier is right about which are drawn. */
export function verdictOf({ detection, verdict }) {
  const auc = detection?.auc;
  return auc >= 0 ? `Its rows ${WORDS.find(([most]) => auc <= most)[1]}` : verdict.summary;
}
