package io.freshet.model.declared;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.model.meaning.Lexicon;
import io.freshet.stage.Expression;

/** Parses a declaration into columns. */
final class DeclarationParser {

    private static final int MAX_COLUMNS = 10_000;
    private static final int MAX_DEPTH = 30;
    private static final String OBJECT = "object";

    private final LawParser laws;
    private final List<DeclaredColumn> columns = new ArrayList<>();

    private DeclarationParser(Lexicon words) {
        this.laws = new LawParser(words, this::nested);
    }

    /** @throws DeclarationException if the declaration is not valid */
    static List<DeclaredColumn> parse(JsonNode declaration) {
        Spec root = new Spec("the declaration", declaration).object("name", "description", "language", "columns");
        String language = root.find("language").map(Spec::text).orElse("en");
        DeclarationParser parser = new DeclarationParser(new Lexicon(language));
        parser.addAll(new Spec("", root.get("columns").json()).members(), List.of());
        if (parser.columns.stream().allMatch(DeclaredColumn::hidden)) {
            throw root.get("columns").wrong("must have a column that is not hidden");
        }
        Set<String> names = new HashSet<>();
        parser.columns.forEach(column -> {
            if (!names.add(column.name())) {
                throw new DeclarationException(column.name(), "is declared twice");
            }
        });
        ComputedOrder.of(parser.columns);
        return parser.columns;
    }

    private void addAll(Map<String, Spec> specs, List<String> path) {
        if (columns.size() + specs.size() > MAX_COLUMNS || path.size() > MAX_DEPTH) {
            throw new DeclarationException("the declaration", "has more than " + MAX_COLUMNS + " columns, or objects more than "
                    + MAX_DEPTH + " deep");
        }
        specs.forEach((name, spec) -> add(name, spec, path));
    }

    private void add(String name, Spec spec, List<String> outer) {
        if (name.isEmpty()) {
            throw spec.wrong("needs a name");
        }
        List<String> path = new ArrayList<>(outer);
        path.add(name);
        if (spec.has(OBJECT)) {
            spec.object(OBJECT, "nulls", "null_if");
            Map<String, Spec> members = new Spec(spec.path(), spec.get(OBJECT).json()).members();
            double nulls = spec.find("nulls").map(Spec::share).orElse(0.0);
            if (nulls > 0 || spec.has("null_if") || members.isEmpty()) {
                columns.add(ObjectPresence.of(path, nulls, nullIf(spec)));
            }
            addAll(members, path);
            return;
        }
        columns.add(new DeclaredColumn(path, laws.value(spec), nullIf(spec), spec.json().isObject() && spec.flag("hidden")));
    }

    private static @Nullable Expression nullIf(Spec spec) {
        return !spec.json().isObject() ? null : spec.find("null_if").map(LawParser::expression).orElse(null);
    }

    /** Parses an object within an array, a map or an alternative. */
    private Value nested(Spec spec) {
        spec.object(OBJECT, "nulls", "null_if");
        Map<String, JsonLaw.Member> fields = new LinkedHashMap<>();
        Map<String, Spec> members = new Spec(spec.path(), spec.get(OBJECT).json()).members();
        computedLast(members).forEach((name, member) -> fields.put(name, new JsonLaw.Member(laws.value(member),
                nullIf(member), !member.has(OBJECT) && member.json().isObject() && member.flag("hidden"))));
        return new Value(new JsonLaw.ObjectOf(fields, List.copyOf(members.keySet())),
                spec.find("nulls").map(Spec::share).orElse(0.0));
    }

    /** A formula within a value reads the fields before it. */
    private static Map<String, Spec> computedLast(Map<String, Spec> members) {
        Map<String, Spec> ordered = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            if (!member.has("formula") && !member.has("null_if")) {
                ordered.put(name, member);
            }
        });
        members.forEach(ordered::putIfAbsent);
        return ordered;
    }
}
