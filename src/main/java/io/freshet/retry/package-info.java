/** How long whatever failed waits until its next attempt. */
@NullMarked
package io.freshet.retry;

import org.jspecify.annotations.NullMarked;
