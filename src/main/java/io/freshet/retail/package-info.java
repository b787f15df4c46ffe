/**
 * A simulated chain of stores: a discrete-event simulation that is a pure function of seed, store and virtual time. Plain
 * Java.
 */
@NullMarked
package io.freshet.retail;

import org.jspecify.annotations.NullMarked;
