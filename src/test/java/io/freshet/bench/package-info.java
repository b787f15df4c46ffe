/**
 * Benchmarks (JMH), not tests: {@code ./mvnw -q test-compile exec:exec@bench -Dbench=Encode}. Figures are compared within one
 * run only.
 */
@NullMarked
package io.freshet.bench;

import org.jspecify.annotations.NullMarked;
