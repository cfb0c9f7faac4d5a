import { View } from '../../View'

export default function Page() {
  return <View name="first" second="/script/second" />
}
