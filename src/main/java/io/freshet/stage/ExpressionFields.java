package io.freshet.stage;

import java.util.Set;
import java.util.TreeSet;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExprVisitor;
import dev.cel.extensions.CelExtensions;

/** The names in an expression that refer to fields or variables. */
final class ExpressionFields extends CelExprVisitor {

    /** The identifiers that are reserved by the language. */
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

    /** An identifier before a function may be part of the function's name, as in {@code math.abs(x)}. */
    @Override
    protected void visit(CelExpr expression, CelExpr.CelCall call) {
        boolean qualified = call.target().filter(target -> target.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT)
                .map(target -> CelExtensions.getAllFunctionNames().contains(target.ident().name() + "." + call.function()))
                .orElse(false);
        if (qualified) {
            call.args().forEach(this::visit);
        } else {
            super.visit(expression, call);
        }
    }

    @Override
    protected void visit(CelExpr expression, CelExpr.CelComprehension macro) {
        bound.add(macro.iterVar());
        bound.add(macro.iterVar2());
        bound.add(macro.accuVar());
        super.visit(expression, macro);
    }

    /** Returns all names, including the variables of macros, but not the predefined ones. */
    Set<String> all() {
        Set<String> all = new TreeSet<>(named);
        all.removeAll(TYPES);
        all.remove(Expression.RECORD);
        all.remove(Expression.NOW);
        all.removeIf(name -> name.startsWith("@"));
        return all;
    }

    /** Returns the names that are not variables of macros. */
    Set<String> read() {
        Set<String> read = all();
        read.removeAll(bound);
        return read;
    }
}
