"""The parts that demos are made of; none of them knows a demo."""
