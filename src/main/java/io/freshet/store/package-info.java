/**
 * What Freshet keeps: models, stream definitions and positions, recent records.
 */
@NullMarked
package io.freshet.store;

import org.jspecify.annotations.NullMarked;
