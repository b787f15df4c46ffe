package io.freshet.api;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;

import io.freshet.model.Constraint;
import io.freshet.model.ConstraintException;
import io.freshet.model.FitMonitor;
import io.freshet.model.FitOptions;
import io.freshet.model.GanOptions;
import io.freshet.model.RelationOptions;
import io.freshet.model.RequestedFit;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.TextMeaning;
import io.freshet.model.TextOptions;
import io.freshet.model.fit.TargetColumn;
import io.freshet.model.gan.GanParameters;
import io.freshet.table.ReadOptions;
import io.freshet.table.Schema;

/** The query parameters of a fit. */
public class FitParameters {

    static final String FORCE = "force";
    static final String PROGRESS = "progress";
    static final String BACKGROUND = "background";
    /** How a fit is run, and noise that is secret. */
    private static final Set<String> NOT_OF_THE_MODEL = Set.of(FORCE, PROGRESS, BACKGROUND, "noise_seed");
    static final String TYPE = "type";
    static final String TARGET = "target";
    private static final String FORMAT = "format";
    private static final String MEANING = "meaning";
    private static final List<String> FAMILIES = List.of(TYPE, FORMAT, "range", "categories");
    private static final List<String> FOUND_OR_NONE = List.of("auto", "none");

    @QueryParam("method")
    @Nullable
    String method;

    @QueryParam("missing")
    @Nullable
    String missing;

    @QueryParam("constraint")
    @Nullable
    List<String> constraint;

    @QueryParam("relations")
    @Nullable
    String relations;

    @QueryParam("relation")
    @Nullable
    List<String> relation;

    @QueryParam("-relation")
    @Nullable
    List<String> excluded;

    @QueryParam(TARGET)
    @Nullable
    String target;

    @QueryParam("strata")
    @Nullable
    String strata;

    @QueryParam("continue")
    @Nullable
    Boolean continued;

    @QueryParam(FORCE)
    @Nullable
    Boolean force;

    @QueryParam(PROGRESS)
    @Nullable
    Boolean progress;

    @QueryParam(BACKGROUND)
    @Nullable
    Boolean background;

    private Map<String, List<String>> query = Map.of();
    private ReadingParameters reading = new ReadingParameters();
    private GanOptions training = GanOptions.defaults();

    /** Reads the parameters of a query that was checked when it was first made. */
    static FitParameters of(Map<String, List<String>> query) {
        FitParameters parameters = new FitParameters();
        parameters.method = first(query, "method");
        parameters.missing = first(query, "missing");
        parameters.constraint = query.get("constraint");
        parameters.relations = first(query, "relations");
        parameters.relation = query.get("relation");
        parameters.excluded = query.get("-relation");
        parameters.target = first(query, TARGET);
        parameters.strata = first(query, "strata");
        parameters.continued = Boolean.valueOf(first(query, "continue"));
        parameters.force = Boolean.valueOf(first(query, FORCE));
        return parameters.with(ReadingParameters.of(query), query);
    }

    static @Nullable String first(Map<String, List<String>> query, String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /**
     * Adds the parameters that other beans declare, and checks all of them.
     *
     * @throws ProblemException if one of them is invalid
     */
    FitParameters with(ReadingParameters format, Map<String, List<String>> all) {
        this.reading = format;
        this.query = all;
        this.training = training();
        options(FitMonitor.NONE);
        return this;
    }

    private GanOptions training() {
        Map<String, String> given = new HashMap<>();
        for (String name : query.keySet()) {
            if (name.equals(GanParameters.SEED) || GanParameters.NAMES.contains(name)) {
                if (method() != SynthesisMethod.CTGAN) {
                    throw invalid(name, name + " needs method=ctgan; the method is " + method().id());
                }
                given.put(name, first(query, name) == null ? "" : String.valueOf(first(query, name)));
            }
        }
        try {
            return GanParameters.parse(given);
        } catch (IllegalArgumentException e) {
            String detail = String.valueOf(e.getMessage());
            throw invalid(detail.substring(0, detail.indexOf(' ')), detail);
        }
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(Problem.of(422, field, detail));
    }

    boolean isForced() {
        return Boolean.TRUE.equals(force);
    }

    boolean isProgressWanted() {
        return Boolean.TRUE.equals(progress);
    }

    boolean isInBackground() {
        return Boolean.TRUE.equals(background);
    }

    /** Returns the parameters of the whole query by name. */
    Map<String, List<String>> query() {
        return query;
    }

    /** Returns what was asked for, apart from how the fit is run. */
    RequestedFit requested() {
        Map<String, List<String>> given = new HashMap<>(query);
        given.keySet().removeAll(NOT_OF_THE_MODEL);
        given.values().removeIf(List::isEmpty);
        return new RequestedFit(given);
    }

    SynthesisMethod method() {
        String id = method == null ? SynthesisMethod.AUTO.id() : method;
        return SynthesisMethod.find(id).orElseThrow(() -> new ProblemException(
                Problem.of(422, "method", "unknown method " + id + "; expected one of " + SynthesisMethod.ids())
                        .allowing(SynthesisMethod.fitted().stream().map(SynthesisMethod::id).toList())));
    }

    /** @param monitor follows the fit */
    FitOptions options(FitMonitor monitor) {
        boolean inStrata = isFound("strata", strata);
        RelationOptions found = new RelationOptions(isFound("relations", relations), list(relation),
                Set.copyOf(list(excluded)), Optional.empty());
        return new FitOptions(inStrata, constraints(), found, Optional.ofNullable(target), texts(), training, monitor);
    }

    private TextOptions texts() {
        Map<String, String> meanings = family(MEANING);
        try {
            return TextOptions.of(Boolean.TRUE.equals(continued), meanings);
        } catch (ConstraintException e) {
            String detail = String.valueOf(e.getMessage());
            throw new ProblemException(Problem.of(422, detail.substring(0, detail.indexOf(": ")), detail)
                    .allowing(TextMeaning.ids()));
        }
    }

    private static List<String> list(@Nullable List<String> given) {
        return given == null ? List.of() : given;
    }

    private static boolean isFound(String name, @Nullable String given) {
        if (given != null && !FOUND_OR_NONE.contains(given)) {
            throw new ProblemException(Problem.of(422, name, name + " cannot be " + given).allowing(FOUND_OR_NONE));
        }
        return given == null || given.equals(FOUND_OR_NONE.get(0));
    }

    private List<Constraint> constraints() {
        try {
            return list(constraint).stream().map(Constraint::parse).toList();
        } catch (ConstraintException e) {
            throw invalid("constraint", String.valueOf(e.getMessage()));
        }
    }

    /**
     * @throws ProblemException if no column of this name can be a target, or the method treats columns as independent
     */
    void requireTarget(Schema schema) {
        if (target == null) {
            return;
        }
        if (!TargetColumn.allowed(schema).contains(target)) {
            throw new ProblemException(Problem.of(422, TARGET, TargetColumn.problem(schema, target))
                    .allowing(TargetColumn.allowed(schema)));
        }
        if (method() == SynthesisMethod.INDEPENDENT) {
            throw invalid(TARGET, TargetColumn.NEEDS_DEPENDENCE);
        }
    }

    /** Requires that nothing is asked for that would disclose more of a table than its privacy budget pays for. */
    void requireFree() {
        if (method() != SynthesisMethod.AUTO && method() != SynthesisMethod.MST) {
            throw new ProblemException(Problem.of(422, "method", "the method " + method().id()
                    + " has no differential privacy; with epsilon the method is mst").allowing(List.of("auto", "mst")));
        }
        boolean constraints = !list(constraint).isEmpty();
        if (constraints || !list(relation).isEmpty() || !list(excluded).isEmpty()) {
            String field = constraints ? "constraint" : "relation";
            throw invalid(field, field + " cannot be combined with epsilon, because to check it would disclose rows");
        }
        if (target != null) {
            throw invalid(TARGET, "target cannot be combined with epsilon: the method mst chooses the pairs of columns itself");
        }
        if (isInBackground() || isProgressWanted()) {
            String field = isInBackground() ? BACKGROUND : PROGRESS;
            throw invalid(field, field + " cannot be combined with epsilon");
        }
    }

    /** Returns how the table is read, apart from its limit. */
    ReadOptions readOptions(TableBody table) {
        try {
            return reading.options(
                    table.options(texts().reading(base().withOverrides(family(TYPE)).withDateFormats(family(FORMAT)))));
        } catch (ConstraintException e) {
            throw invalid(MEANING, String.valueOf(e.getMessage()));
        }
    }

    /** Returns how the table is read if no column may be looked at, apart from its limit. */
    ReadOptions textOptions(TableBody table) {
        return reading.options(table.options(base()).asTexts());
    }

    private ReadOptions base() {
        ReadOptions options = ReadOptions.defaults();
        if (!query.containsKey("missing")) {
            return options;
        }
        Set<String> markers = new HashSet<>(List.of((missing == null ? "" : missing).split(",", -1)));
        markers.add("");
        return options.withMissingMarkers(markers);
    }

    /** Returns the values of the parameters {@code FAMILY.COLUMN}, by family and column. */
    Map<String, Map<String, String>> families() {
        Map<String, Map<String, String>> families = new HashMap<>();
        FAMILIES.forEach(family -> families.put(family, family(family)));
        return families;
    }

    private Map<String, String> family(String family) {
        String prefix = family + '.';
        Map<String, String> values = new HashMap<>();
        query.forEach((key, given) -> {
            if (key.startsWith(prefix)) {
                values.put(key.substring(prefix.length()), given.get(0));
            }
        });
        return values;
    }
}
