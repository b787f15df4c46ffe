/**
 * The connector {@code freshet-mqtt}. Messages are acknowledged when the broker has acknowledged them
 * ({@link io.freshet.mqtt.MqttPublisher}), and on arrival when their records are delivered
 * ({@link io.freshet.mqtt.MqttReader}). It reads the settings of SmallRye's connector and uses its session, but not the
 * connector, which acknowledges messages when they are written to the connection and when they arrive.
 */
@NullMarked
package io.freshet.mqtt;

import org.jspecify.annotations.NullMarked;
