/**
 * REST resources, WebSocket endpoints and problem details.
 */
@NullMarked
package io.freshet.api;

import org.jspecify.annotations.NullMarked;
