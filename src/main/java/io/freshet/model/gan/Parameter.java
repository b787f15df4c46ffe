package io.freshet.model.gan;

/** A matrix that is trained, with its gradient and the moments of Adam. Mutable; not thread-safe. */
final class Parameter {

    private final float[][] value;
    private final float[][] gradient;
    private final float[][] first;
    private final float[][] second;

    Parameter(int rows, int columns) {
        this.value = Matrices.create(rows, columns);
        this.gradient = Matrices.create(rows, columns);
        this.first = Matrices.create(rows, columns);
        this.second = Matrices.create(rows, columns);
    }

    float[][] value() {
        return value;
    }

    /** Returns the gradient of the loss, to which backward passes add. */
    float[][] gradient() {
        return gradient;
    }

    /** Returns the decayed mean of the gradients. */
    float[][] first() {
        return first;
    }

    /** Returns the decayed mean of the squared gradients. */
    float[][] second() {
        return second;
    }

    int rows() {
        return value.length;
    }
}
