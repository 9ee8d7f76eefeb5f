package org.isochron.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What everything this package prints is made of: objects that keep their order, hashes as 16 hex digits. */
final class JsonText {
    /** Decimals of a price. */
    static final int PRICE_DECIMALS = 9;

    private JsonText() {}

    /** An object whose members keep the order they are put in. */
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static String hash(final long hash) {
        return String.format("%016x", hash);
    }
}
