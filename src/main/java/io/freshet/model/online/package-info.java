/** Learns from further rows: mixtures of what a model knew and what is new, in segments of time. */
@NullMarked
package io.freshet.model.online;

import org.jspecify.annotations.NullMarked;
