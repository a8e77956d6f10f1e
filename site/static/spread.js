/**
 * Move what stands above each other apart until none lies on another, each as little as that takes.
 *
 * What is too near forms a block around its own middle; blocks that touch become one. A block that would reach over an
 * end of the room is moved inside. `names.py` does the same for stills.
 *
 * @param {number[]} places where the middle of each would best be
 * @param {number[]} sizes how high each is
 * @param {[number, number]} room its upper and its lower end
 * @returns {number[]} the new places, in the order of the old
 */
export function spread(places, sizes, room) {
  const order = [...places.keys()].filter((index) => Number.isFinite(places[index])).sort((a, b) => places[a] - places[b])
  const blocks = []
  for (const index of order) {
    blocks.push(block([index], places, sizes, room))
    while (blocks.length > 1 && overlap(blocks.at(-2), blocks.at(-1))) {
      const [above, below] = blocks.splice(-2)
      blocks.push(block([...above.members, ...below.members], places, sizes, room))
    }
  }
  const moved = [...places]
  for (const { members, offsets, middle } of blocks) members.forEach((index, rank) => (moved[index] = middle + offsets[rank]))
  return moved
}

function overlap(above, below) {
  return below.middle - above.middle < (above.size + below.size) / 2
}

function block(members, places, sizes, [low, high]) {
  const size = members.reduce((sum, index) => sum + sizes[index], 0)
  let end = -size / 2
  const offsets = members.map((index) => (end += sizes[index]) - sizes[index] / 2)
  const middle = members.reduce((sum, index, rank) => sum + places[index] - offsets[rank], 0) / members.length
  return { members, offsets, size, middle: Math.max(low + size / 2, Math.min(high - size / 2, middle)) }
}
