package io.freshet.stage;

import java.util.Set;
import java.util.TreeSet;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExprVisitor;

/** The names in an expression that somebody has to give a meaning to. */
final class ExpressionFields extends CelExprVisitor {

    /** What the language itself means something by. */
    private static final Set<String> TYPES = Set.of("bool", "bytes", "double", "dyn", "int", "list", "map", "null_type",
            "string",
            "type", "uint", "google");

    private final Set<String> named = new TreeSet<>();
    private final Set<String> bound = new TreeSet<>();

    private ExpressionFields() {
    }

    static ExpressionFields of(CelAbstractSyntaxTree tree) {
        ExpressionFields fields = new ExpressionFields();
        fields.visit(tree);
        return fields;
    }

    @Override
    protected void visit(CelExpr expression, CelExpr.CelIdent name) {
        named.add(name.name());
    }

    @Override
    protected void visit(CelExpr expression, CelExpr.CelComprehension macro) {
        bound.add(macro.iterVar());
        bound.add(macro.iterVar2());
        bound.add(macro.accuVar());
        super.visit(expression, macro);
    }

    /** All of them but what is there anyway, and what macros name only. */
    Set<String> all() {
        Set<String> all = new TreeSet<>(named);
        all.removeAll(TYPES);
        all.remove(Expression.RECORD);
        all.remove(Expression.NOW);
        all.removeIf(name -> name.startsWith("@"));
        return all;
    }

    /** Those of them that no macro names. */
    Set<String> read() {
        Set<String> read = all();
        read.removeAll(bound);
        return read;
    }
}
