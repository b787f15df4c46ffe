package io.freshet.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares that a resource method accepts query parameters {@code PREFIX.COLUMN} for any column. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface ParameterFamily {

    /** @return the prefixes, without the dot */
    String[] value();
}
