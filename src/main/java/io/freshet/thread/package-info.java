/** The threads of the service: one place that creates, names and counts them. Whoever requests a thread ends it. */
@NullMarked
package io.freshet.thread;

import org.jspecify.annotations.NullMarked;
