package io.freshet.security;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of addresses, such as {@code 10.1.0.0/16} or {@code fd00::/8}.
 *
 * @param base its first address
 * @param bits the length of the prefix in bits
 */
record Network(InetAddress base, int bits) {

    /** @throws IllegalArgumentException if the text is not a range of addresses */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = text.substring(0, slash);
        try {
            if (!address.matches("[0-9a-fA-F.:]+")) {
                throw new IllegalArgumentException("is not a network: " + text);
            }
            Network network = new Network(InetAddress.getByName(address), Integer.parseInt(text.substring(slash + 1)));
            if (network.bits < 0 || network.bits > network.base.getAddress().length * 8) {
                throw new IllegalArgumentException("is not a network: " + text);
            }
            return network;
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("is not a network: " + text, e);
        }
    }

    boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
