package io.freshet.stage;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.google.common.primitives.UnsignedLong;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import dev.cel.runtime.CelRuntimeFactory;

/**
 * An expression in the Common Expression Language over a record. Its variables are the fields by name, the whole record as
 * {@code record} and the time as {@code now}; the extensions {@code strings} and {@code math} are available. A field that a
 * record lacks is null. Expressions have no side effects, and their only loops are the macros, whose iterations are limited.
 * Thread-safe.
 */
public final class Expression {

    /** The variable that holds the whole record. */
    public static final String RECORD = "record";
    /** The variable that holds the time at which the record is processed. */
    public static final String NOW = "now";
    /** How the JDK begins the message about a text that is not a number. */
    private static final String NOT_A_NUMBER = "For input string";
    private static final int MAX_CHARACTERS = 4_000;
    private static final int DEEPEST = 50;
    private static final int MAX_ITERATIONS = 10_000;
    private static final CelOptions OPTIONS = CelOptions.current().enableHeterogeneousNumericComparisons(true)
            .enableTimestampEpoch(true).comprehensionMaxIterations(MAX_ITERATIONS).maxExpressionCodePointSize(MAX_CHARACTERS)
            .maxParseRecursionDepth(DEEPEST).build();

    /**
     * Declares {@code a[b]}. The standard declaration gives an element of unknown type the type of the value that it is
     * compared with, so that {@code record["x"] > 100} would only be true for whole numbers.
     */
    private static final CelFunctionDecl INDEX = CelFunctionDecl.newFunctionDeclaration("_[_]",
            CelOverloadDecl.newGlobalOverload("index_list", SimpleType.DYN, ListType.create(SimpleType.DYN), SimpleType.INT),
            CelOverloadDecl.newGlobalOverload("index_map", SimpleType.DYN,
                    MapType.create(SimpleType.DYN, SimpleType.DYN), SimpleType.DYN));

    private final String text;
    private final ExpressionFields fields;
    private final CelType type;
    private final Program program;

    private Expression(String text, ExpressionFields fields, CelAbstractSyntaxTree tree) throws CelEvaluationException {
        this.text = text;
        this.fields = fields;
        this.type = tree.getResultType();
        this.program = CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS)
                .addLibraries(CelExtensions.strings(), CelExtensions.math()).build().createProgram(tree);
    }

    /**
     * Compiles an expression whose fields may have any type.
     *
     * @throws IllegalArgumentException if the text is not a valid expression; the message says what is wrong and where
     */
    public static Expression of(String text) {
        return of(text, Map.of());
    }

    /**
     * Compiles an expression with known field types.
     *
     * @param types the known types by field
     * @throws IllegalArgumentException if the text is not a valid expression, or uses a field in a way that its type does not
     *         allow
     */
    public static Expression of(String text, Map<String, FieldType> types) {
        try {
            ExpressionFields fields = ExpressionFields.of(checked(compiler().build().parse(text)));
            CelCompilerBuilder compiler = compiler().addVar(RECORD, SimpleType.DYN).addVar(NOW, SimpleType.TIMESTAMP);
            fields.all().forEach(name -> compiler.addVar(name, types.getOrDefault(name, FieldType.ANY).type()));
            return new Expression(text, fields, checked(compiler.build().compile(text)));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException("is not a valid expression: " + e.getMessage(), e);
        }
    }

    private static CelCompilerBuilder compiler() {
        return CelCompilerFactory.standardCelCompilerBuilder().setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setOptions(OPTIONS).setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(
                        CelStandardDeclarations.newBuilder().excludeFunctions(StandardFunction.INDEX).build())
                .addFunctionDeclarations(INDEX).addLibraries(CelExtensions.strings(), CelExtensions.math());
    }

    private static CelAbstractSyntaxTree checked(CelValidationResult result) throws CelValidationException {
        if (result.hasError()) {
            CelIssue first = result.getErrors().get(0);
            throw new IllegalArgumentException(
                    "is not a valid expression: " + cut(first.getMessage(), " (candidates") + ", in line "
                            + first.getSourceLocation().getLine() + " at " + (first.getSourceLocation().getColumn() + 1));
        }
        return result.getAst();
    }

    /** Returns the top-level fields of the record that the expression reads. Variables that macros define are excluded. */
    public Set<String> fields() {
        return fields.read();
    }

    /** Returns whether the result may be a boolean. */
    public boolean mayBeCondition() {
        return type.equals(SimpleType.BOOL) || type.equals(SimpleType.DYN)
                || type.equals(FieldType.TRUTH_OR_NULL.type());
    }

    /** Returns the type of the result, as far as it is known. */
    public FieldType type() {
        return FieldType.of(type);
    }

    /**
     * Evaluates the expression for a record. The result is a JSON value: times are ISO 8601 texts, durations are seconds.
     *
     * @param now milliseconds since 1970
     * @throws IllegalArgumentException if it cannot be evaluated for this record because its fields have other types
     */
    public @Nullable Object of(Map<String, @Nullable Object> record, long now) {
        return plain(evaluate(record, now));
    }

    /**
     * Evaluates the expression as a condition.
     *
     * @throws IllegalArgumentException if the result is not a boolean
     */
    boolean isTrue(Map<String, @Nullable Object> record, long now) {
        Object result = evaluate(record, now);
        if (result instanceof Boolean truth) {
            return truth;
        }
        throw new IllegalArgumentException("the expression " + text + " is neither true nor false");
    }

    private Object evaluate(Map<String, @Nullable Object> record, long now) {
        try {
            return program.eval(name -> Optional.of(switch (name) {
                case RECORD -> adapted(record);
                case NOW -> Instant.ofEpochMilli(now);
                default -> adapted(record.get(name));
            }));
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException("the expression " + text + " cannot be computed: " + reason(e), e);
        }
    }

    private static String reason(CelEvaluationException e) {
        Throwable cause = e.getCause() == null || e.getCause().getMessage() == null ? e : e.getCause();
        while (cause.getCause() != null && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        String reason = cut(String.valueOf(cause.getMessage()), ". Overload candidates");
        if (cause instanceof NumberFormatException) {
            return cut(reason, ":").equals(NOT_A_NUMBER) ? reason.substring(NOT_A_NUMBER.length() + 2) + " is not a number"
                    : '"' + reason + "\" is not a number";
        }
        return reason.equals("/ by zero") ? "it divides by zero" : reason;
    }

    /** Shortens a message, because the list of alternatives for other types is long. */
    private static String cut(String message, String before) {
        int end = message.indexOf(before);
        return end < 0 ? message : message.substring(0, end);
    }

    /** Converts a value to the types of the language, which has neither Java's null nor decimals. */
    private static Object adapted(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof Number number && !(value instanceof Long)) {
            return value instanceof Integer ? (Object) number.longValue() : (Object) number.doubleValue();
        }
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> adapted = new LinkedHashMap<>();
            object.forEach((name, each) -> adapted.put(String.valueOf(name), adapted(each)));
            return adapted;
        }
        if (value instanceof List<?> list) {
            List<Object> adapted = new ArrayList<>(list.size());
            list.forEach(each -> adapted.add(adapted(each)));
            return adapted;
        }
        return value;
    }

    private @Nullable Object plain(Object result) {
        if (result instanceof NullValue) {
            return null;
        }
        if (result instanceof UnsignedLong number) {
            return new BigDecimal(number.bigIntegerValue());
        }
        if (result instanceof Duration duration) {
            return duration.toNanos() / 1e9;
        }
        if (result instanceof Instant) {
            return result.toString();
        }
        if (result instanceof Map<?, ?> object) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            object.forEach((name, each) -> fields.put(String.valueOf(name), plain(each)));
            return fields;
        }
        if (result instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(each -> elements.add(plain(each)));
            return elements;
        }
        if (result instanceof String || result instanceof Boolean || result instanceof Long || result instanceof Double) {
            return result;
        }
        throw new IllegalArgumentException("the expression " + text + " does not return a JSON value");
    }

    @Override
    public String toString() {
        return text;
    }
}
