/**
 * Real servers on loopback for quarkus:dev and the tests; no part of production artifacts.
 */
@NullMarked
package io.freshet.dev;

import org.jspecify.annotations.NullMarked;
