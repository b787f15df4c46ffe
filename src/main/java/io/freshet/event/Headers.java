package io.freshet.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** The headers of a message: names with values, in order. A name may occur more than once. Immutable. */
public final class Headers {

    /** No headers. */
    public static final Headers NONE = new Headers(List.of());

    /** One header. */
    public static final class Header {

        private final String name;
        private final byte @Nullable [] value;

        /** @param value must not be modified afterwards; null if the header has no value */
        public Header(String name, byte @Nullable [] value) {
            this.name = name;
            this.value = value;
        }

        public static Header of(String name, String text) {
            return new Header(name, text.getBytes(StandardCharsets.UTF_8));
        }

        public String name() {
            return name;
        }

        /** Returns the value, which must not be modified; null if the header has no value. */
        public byte @Nullable [] value() {
            return value;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Header header && name.equals(header.name) && Arrays.equals(value, header.value);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, Arrays.hashCode(value));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Header> all;

    private Headers(List<Header> all) {
        this.all = all;
    }

    public static Headers of(List<Header> all) {
        return all.isEmpty() ? NONE : new Headers(List.copyOf(all));
    }

    public List<Header> all() {
        return all;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns whether a header has this name. */
    public boolean has(String name) {
        return all.stream().anyMatch(header -> header.name().equals(name));
    }

    /** Returns the headers whose names match, in order. */
    public Headers only(Predicate<String> names) {
        return all.stream().allMatch(header -> names.test(header.name())) ? this
                : of(all.stream().filter(header -> names.test(header.name())).toList());
    }

    /** Returns these headers followed by more. */
    public Headers and(List<Header> more) {
        List<Header> both = new ArrayList<>(all);
        both.addAll(more);
        return of(both);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && all.equals(headers.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
