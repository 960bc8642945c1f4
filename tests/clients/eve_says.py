"""Runs `alfen-eve-modbus-tcp` at a station, and prints as JSON what it said."""

import json
import sys

from alfen_eve_modbus_tcp import CarCharger


def main(port: int) -> dict[str, object]:
    """Read everything, set a current, change the lines, and read again."""
    charger = CarCharger(host="127.0.0.1", port=port, timeout=5, retries=1)
    charger.connect()
    first = charger.read_all()
    done = charger.set_current(9.5, manage_connection=False)
    left_s = charger.get_fallback_safe_current_time(manage_connection=False)
    switched = charger.switch_phase(1, manage_connection=False)
    second = charger.read_all()
    charger.disconnect()
    return {
        "first": first,
        "set": done,
        "left_s": left_s,
        "switched": switched,
        "second": second,
        "status": charger.get_status(),
        "phases": charger.get_phases(),
    }


if __name__ == "__main__":
    json.dump(main(int(sys.argv[1])), sys.stdout)
