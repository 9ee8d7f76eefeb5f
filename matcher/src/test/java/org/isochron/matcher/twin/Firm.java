package org.isochron.matcher.twin;

/** A firm, with who has thrown its kill switch. */
final class Firm {
    final long id;
    long dropCopySeq;
    boolean killedByItself;
    boolean killedByOperator;

    Firm(final long id) {
        this.id = id;
    }

    boolean isKilled() {
        return killedByItself || killedByOperator;
    }
}
