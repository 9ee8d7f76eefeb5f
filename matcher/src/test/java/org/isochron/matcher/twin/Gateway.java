package org.isochron.matcher.twin;

/** A gateway and when it last spoke. */
final class Gateway {
    final int id;
    long incarnation;
    long lastHeardNs;
    boolean alive;

    Gateway(final int id) {
        this.id = id;
    }
}
