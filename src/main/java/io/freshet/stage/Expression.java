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

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import dev.cel.runtime.CelRuntimeFactory;

/**
 * An expression of the Common Expression Language over a record: its fields by their names, the whole record as {@code record},
 * the time as {@code now}. A field that a record does not have is null. Expressions have no side effects, and no loops but the
 * macros, which go through so many elements at most. Thread-safe.
 */
public final class Expression {

    /** The whole record. */
    public static final String RECORD = "record";
    /** The time, when the record is processed. */
    public static final String NOW = "now";
    private static final int MOST_CHARACTERS = 4_000;
    private static final int DEEPEST = 50;
    private static final int MOST_ITERATIONS = 10_000;
    private static final CelOptions OPTIONS = CelOptions.current().enableHeterogeneousNumericComparisons(true)
            .enableTimestampEpoch(true).comprehensionMaxIterations(MOST_ITERATIONS).maxExpressionCodePointSize(MOST_CHARACTERS)
            .maxParseRecursionDepth(DEEPEST).build();

    private final String text;
    private final ExpressionFields fields;
    private final CelType type;
    private final Program program;

    private Expression(String text, ExpressionFields fields, CelAbstractSyntaxTree tree) throws CelEvaluationException {
        this.text = text;
        this.fields = fields;
        this.type = tree.getResultType();
        this.program = CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build().createProgram(tree);
    }

    /**
     * Fields may have any type.
     *
     * @throws IllegalArgumentException if it is no expression; the message says what and where
     */
    public static Expression of(String text) {
        return of(text, Map.of());
    }

    /**
     * One whose fields are known.
     *
     * @param types those that are
     * @throws IllegalArgumentException if it is no expression, or does with a field what cannot be done with its type
     */
    public static Expression of(String text, Map<String, FieldType> types) {
        try {
            ExpressionFields fields = ExpressionFields.of(checked(compiler().build().parse(text)));
            CelCompilerBuilder compiler = compiler().addVar(RECORD, SimpleType.DYN).addVar(NOW, SimpleType.TIMESTAMP);
            fields.all().forEach(name -> compiler.addVar(name, types.getOrDefault(name, FieldType.ANY).type()));
            return new Expression(text, fields, checked(compiler.build().compile(text)));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException("is no expression: " + e.getMessage(), e);
        }
    }

    private static CelCompilerBuilder compiler() {
        return CelCompilerFactory.standardCelCompilerBuilder().setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setOptions(OPTIONS);
    }

    private static CelAbstractSyntaxTree checked(CelValidationResult result) throws CelValidationException {
        if (result.hasError()) {
            CelIssue first = result.getErrors().get(0);
            throw new IllegalArgumentException("is no expression: " + cut(first.getMessage(), " (candidates") + ", in line "
                    + first.getSourceLocation().getLine() + " at " + (first.getSourceLocation().getColumn() + 1));
        }
        return result.getAst();
    }

    /** The names at the top of records that it reads, and does not have from elsewhere. */
    public Set<String> fields() {
        return fields.read();
    }

    /** Whether what it says may be true or false. */
    public boolean mayBeCondition() {
        return type.equals(SimpleType.BOOL) || type.equals(SimpleType.DYN);
    }

    /** What it says, as far as it is known. */
    public FieldType type() {
        return FieldType.of(type);
    }

    /**
     * What it says of a record: a JSON value. Times are ISO 8601, durations are seconds.
     *
     * @param now milliseconds since 1970
     * @throws IllegalArgumentException if it cannot be said of this record, as its fields have other types
     */
    public @Nullable Object of(Map<String, @Nullable Object> record, long now) {
        return plain(evaluate(record, now));
    }

    /** The same of one that is true or false. */
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
        return cut(String.valueOf(cause.getMessage()), ". Overload candidates");
    }

    /** What can be done with other types is a long list. */
    private static String cut(String message, String before) {
        int end = message.indexOf(before);
        return end < 0 ? message : message.substring(0, end);
    }

    /** A value as the language has it: it knows no null of Java and no decimals. */
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
        throw new IllegalArgumentException("the expression " + text + " is no JSON value");
    }

    @Override
    public String toString() {
        return text;
    }
}
