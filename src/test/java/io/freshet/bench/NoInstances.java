package io.freshet.bench;

import java.lang.annotation.Annotation;
import java.util.Collections;
import java.util.Iterator;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.UnsatisfiedResolutionException;
import jakarta.enterprise.util.TypeLiteral;

/** No beans, for classes of the service that run without a container. */
final class NoInstances<T> implements Instance<T> {

    private NoInstances() {
    }

    static <T> Instance<T> create() {
        return new NoInstances<>();
    }

    @Override
    public Instance<T> select(Annotation... qualifiers) {
        return this;
    }

    @Override
    public <U extends T> Instance<U> select(Class<U> type, Annotation... qualifiers) {
        return create();
    }

    @Override
    public <U extends T> Instance<U> select(TypeLiteral<U> type, Annotation... qualifiers) {
        return create();
    }

    @Override
    public boolean isUnsatisfied() {
        return true;
    }

    @Override
    public boolean isAmbiguous() {
        return false;
    }

    @Override
    public T get() {
        throw new UnsatisfiedResolutionException("there are no beans");
    }

    @Override
    public Iterator<T> iterator() {
        return Collections.emptyIterator();
    }

    @Override
    public void destroy(T instance) {
        // none was created
    }

    @Override
    public Handle<T> getHandle() {
        throw new UnsatisfiedResolutionException("there are no beans");
    }

    @Override
    public Iterable<? extends Handle<T>> handles() {
        return Collections.emptyList();
    }
}
