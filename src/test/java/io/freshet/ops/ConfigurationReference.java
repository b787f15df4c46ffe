package io.freshet.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;

/** Builds the reference of all settings from the Javadoc of the {@code @ConfigMapping} interfaces. */
final class ConfigurationReference {

    private static final Pattern MAP = Pattern.compile("Map<String, (.+)>");
    private static final Pattern WRAPPED = Pattern.compile("Optional<(.+)>");

    /** A setting with its type, default and description. */
    private record Setting(String type, String standard, String meaning) {
    }

    private final Map<String, Setting> settings = new TreeMap<>();

    private ConfigurationReference() {
    }

    /** Returns the reference as Markdown. */
    static String of(Path sources) throws IOException {
        List<Path> files;
        try (var all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith("Config.java")).sorted().toList();
        }
        ConfigurationReference reference = new ConfigurationReference();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                reference.read(unit, docs);
            }
        }
        return reference.markdown();
    }

    private void read(CompilationUnitTree unit, DocTrees docs) {
        for (Tree type : unit.getTypeDecls()) {
            if (type instanceof ClassTree mapping) {
                value(mapping.getModifiers(), "ConfigMapping").ifPresent(
                        prefix -> add(new TreePath(new TreePath(unit), mapping), prefix, docs));
            }
        }
    }

    private void add(TreePath path, String prefix, DocTrees docs) {
        ClassTree mapping = (ClassTree) path.getLeaf();
        Map<String, ClassTree> inner = new HashMap<>();
        for (Tree member : mapping.getMembers()) {
            if (member instanceof ClassTree each) {
                inner.put(each.getSimpleName().toString(), each);
            }
        }
        for (Tree member : mapping.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                boolean own = !has(method, "WithParentName");
                add(new TreePath(path, method), own ? prefix + "." + name(method) : prefix, inner, docs);
            }
        }
    }

    private void add(TreePath path, String name, Map<String, ClassTree> inner, DocTrees docs) {
        MethodTree method = (MethodTree) path.getLeaf();
        String type = String.valueOf(method.getReturnType());
        var map = MAP.matcher(type);
        String element = map.matches() ? map.group(1) : type;
        String key = map.matches() ? name + ".\"NAME\"" : name;
        if (inner.containsKey(element)) {
            add(new TreePath(path.getParentPath(), inner.get(element)), key, docs);
        } else {
            settings.put(key, new Setting(readable(element), value(method.getModifiers(), "WithDefault").orElse("–"),
                    sentence(docs.getDocComment(path))));
        }
    }

    private static String name(MethodTree method) {
        return value(method.getModifiers(), "WithName").orElseGet(() -> kebab(method.getName().toString()));
    }

    private static boolean has(MethodTree method, String annotation) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(each -> each.getAnnotationType().toString().equals(annotation));
    }

    private static Optional<String> value(ModifiersTree modifiers, String annotation) {
        return modifiers.getAnnotations().stream().filter(each -> each.getAnnotationType().toString().equals(annotation))
                .map(AnnotationTree::getArguments).filter(arguments -> !arguments.isEmpty())
                .map(arguments -> literal(arguments.get(0))).findFirst();
    }

    private static String literal(ExpressionTree argument) {
        ExpressionTree value = argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
        return value instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : value.toString();
    }

    private static String readable(String type) {
        var wrapped = WRAPPED.matcher(type);
        return (wrapped.matches() ? wrapped.group(1) : type).replace("OptionalInt", "int").replace("OptionalLong", "long")
                .replace("OptionalDouble", "double").replace("List<String>", "texts, with commas").replace("String", "text");
    }

    private static String sentence(String doc) {
        if (doc == null) {
            throw new AssertionError("a setting is not described");
        }
        return doc.strip().replaceAll("\\s+", " ").replaceAll("\\{@(code|link) ([^}]+)}", "`$2`").replaceAll("<[^>]+>", "")
                .replace("|", "\\|");
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private String markdown() {
        List<String> lines = new ArrayList<>(List.of("# Configuration reference", "",
                "Made from the Javadoc of the code by `ConfigurationReferenceTest`; do not edit it. Every setting is a line of",
                "`application.properties`, a system property, or an environment variable: `freshet.store.folder` is",
                "`FRESHET_STORE_FOLDER`. What Freshet takes from Quarkus (`quarkus.http.*`, `quarkus.tls.*`, `kafka.*` …) is in its",
                "documentation.", "", "| setting | type | default | meaning |", "|---|---|---|---|"));
        settings.forEach(
                (name, setting) -> lines.add("| `" + name + "` | " + setting.type() + " | " + setting.standard() + " | "
                        + setting.meaning() + " |"));
        return String.join("\n", lines) + "\n";
    }
}
